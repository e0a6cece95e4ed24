package dev.penstock.ui.backend;

import dev.penstock.contract.platform.DelegationsApi;
import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.contract.platform.FleetApi;
import dev.penstock.contract.platform.FleetHistoryApi;
import dev.penstock.contract.platform.IdlenessApi;
import dev.penstock.contract.platform.MeApi;
import dev.penstock.contract.platform.ModelsApi;
import dev.penstock.contract.platform.SharesApi;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.contract.platform.WorkspaceImagesApi;
import dev.penstock.contract.platform.WorkspacesApi;
import dev.penstock.contract.quota.AliasesApi;
import dev.penstock.contract.quota.AuditApi;
import dev.penstock.contract.quota.DataClassesApi;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.HealthApi;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.contract.quota.LimitRequestsApi;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.PricesApi;
import dev.penstock.contract.quota.StatementsApi;
import dev.penstock.contract.quota.RefusalsApi;
import dev.penstock.contract.quota.SteeringApi;
import dev.penstock.contract.quota.StopsApi;
import dev.penstock.contract.quota.TriesApi;
import dev.penstock.contract.quota.UpstreamsApi;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.contract.quota.WriteOffsApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.json.JsonMapper;

/** One client per contract interface; screens take the interface. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PlatformBackendSettings.class, QuotaServiceSettings.class})
class Contracts {

    @Bean
    HttpServiceProxyFactory platformBackend(PlatformBackendSettings settings, JsonMapper json) {
        return clients(restClient("platform-backend", settings.url(), settings.connectTimeout(), settings.readTimeout(), json));
    }

    @Bean
    RestClient quotaServiceClient(QuotaServiceSettings settings, JsonMapper json) {
        return restClient("quota-service", settings.url(), settings.connectTimeout(), settings.readTimeout(), json);
    }

    @Bean
    HttpServiceProxyFactory quotaService(RestClient quotaServiceClient) {
        return clients(quotaServiceClient);
    }

    @Bean
    MeApi meApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(MeApi.class);
    }

    @Bean
    SlicesApi slicesApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(SlicesApi.class);
    }

    @Bean
    WorkspacesApi workspacesApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(WorkspacesApi.class);
    }

    @Bean
    WorkspaceImagesApi workspaceImagesApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(WorkspaceImagesApi.class);
    }

    @Bean
    IdlenessApi idlenessApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(IdlenessApi.class);
    }

    @Bean
    SliceRequestsApi sliceRequestsApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(SliceRequestsApi.class);
    }

    @Bean
    DelegationsApi delegationsApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(DelegationsApi.class);
    }

    @Bean
    SliceProfilesApi sliceProfilesApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(SliceProfilesApi.class);
    }

    @Bean
    SharesApi sharesApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(SharesApi.class);
    }

    @Bean
    TenantsApi tenantsApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(TenantsApi.class);
    }

    @Bean
    FleetApi fleetApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(FleetApi.class);
    }

    @Bean
    FleetHistoryApi fleetHistoryApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(FleetHistoryApi.class);
    }

    @Bean
    ModelsApi modelsApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(ModelsApi.class);
    }

    @Bean
    EndpointsApi endpointsApi(HttpServiceProxyFactory platformBackend) {
        return platformBackend.createClient(EndpointsApi.class);
    }

    @Bean
    LimitsApi limitsApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(LimitsApi.class);
    }

    @Bean
    AuditApi auditApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(AuditApi.class);
    }

    @Bean
    KeysApi keysApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(KeysApi.class);
    }

    @Bean
    GatewayApi gatewayApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(GatewayApi.class);
    }

    @Bean
    AliasesApi aliasesApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(AliasesApi.class);
    }

    @Bean
    UpstreamsApi upstreamsApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(UpstreamsApi.class);
    }

    @Bean
    DataClassesApi dataClassesApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(DataClassesApi.class);
    }

    @Bean
    TriesApi triesApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(TriesApi.class);
    }

    @Bean
    LimitRequestsApi limitRequestsApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(LimitRequestsApi.class);
    }

    @Bean
    RefusalsApi refusalsApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(RefusalsApi.class);
    }

    @Bean
    SteeringApi steeringApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(SteeringApi.class);
    }

    @Bean
    StopsApi stopsApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(StopsApi.class);
    }

    @Bean
    PricesApi pricesApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(PricesApi.class);
    }

    @Bean
    UsageApi usageApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(UsageApi.class);
    }

    @Bean
    StatementsApi statementsApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(StatementsApi.class);
    }

    @Bean
    HealthApi healthApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(HealthApi.class);
    }

    @Bean
    WriteOffsApi writeOffsApi(HttpServiceProxyFactory quotaService) {
        return quotaService.createClient(WriteOffsApi.class);
    }

    static RestClient restClient(String service, URI url, Duration connectTimeout, Duration readTimeout, JsonMapper json) {
        var requests = new JdkClientHttpRequestFactory(httpClient(connectTimeout));
        requests.setReadTimeout(readTimeout);
        var problems = new ProblemReader(service, json);
        return RestClient.builder()
                .baseUrl(url)
                .requestFactory(requests)
                .requestInterceptor(new TokenRelay(service))
                .defaultStatusHandler(HttpStatusCode::isError, problems::raise)
                .build();
    }

    /** HTTP/1.1: the services speak it, and an upgrade would be asked for in vain with every connection. */
    static HttpClient httpClient(Duration connectTimeout) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .build();
    }

    private static HttpServiceProxyFactory clients(RestClient client) {
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client)).build();
    }
}
