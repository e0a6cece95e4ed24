package dev.penstock.standalone.client;

import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.contract.platform.FleetApi;
import dev.penstock.contract.platform.MeApi;
import dev.penstock.contract.platform.ModelsApi;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.contract.platform.WorkspaceImagesApi;
import dev.penstock.contract.platform.WorkspacesApi;
import dev.penstock.contract.quota.AuditApi;
import dev.penstock.contract.quota.DataClassesApi;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.PricesApi;
import dev.penstock.contract.quota.RefusalsApi;
import dev.penstock.contract.quota.StatementsApi;
import dev.penstock.contract.quota.SteeringApi;
import dev.penstock.contract.quota.TriesApi;
import dev.penstock.contract.quota.UpstreamsApi;
import dev.penstock.contract.quota.UsageApi;
import java.time.Duration;
import java.util.Objects;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** The contracts of both services over HTTP, as one of the personas. Failures are {@link org.springframework.web.client.RestClientException}. */
public final class Api {

    private static final String PLATFORM_BACKEND = "platform-backend";
    private static final String QUOTA_SERVICE = "quota-service";
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private final Directory directory;
    private final Tokens tokens;

    /** @param persona login of who acts */
    public Api(Directory directory, String persona) {
        this.directory = directory;
        this.tokens = new Tokens(directory, "script-" + persona, "");
    }

    public MeApi me() {
        return contract(PLATFORM_BACKEND, MeApi.class);
    }

    public TenantsApi tenants() {
        return contract(PLATFORM_BACKEND, TenantsApi.class);
    }

    public SliceRequestsApi requests() {
        return contract(PLATFORM_BACKEND, SliceRequestsApi.class);
    }

    public SlicesApi slices() {
        return contract(PLATFORM_BACKEND, SlicesApi.class);
    }

    public SliceProfilesApi profiles() {
        return contract(PLATFORM_BACKEND, SliceProfilesApi.class);
    }

    public FleetApi fleet() {
        return contract(PLATFORM_BACKEND, FleetApi.class);
    }

    public WorkspaceImagesApi workspaceImages() {
        return contract(PLATFORM_BACKEND, WorkspaceImagesApi.class);
    }

    public WorkspacesApi workspaces() {
        return contract(PLATFORM_BACKEND, WorkspacesApi.class);
    }

    public ModelsApi models() {
        return contract(PLATFORM_BACKEND, ModelsApi.class);
    }

    public EndpointsApi endpoints() {
        return contract(PLATFORM_BACKEND, EndpointsApi.class);
    }

    public LimitsApi limits() {
        return contract(QUOTA_SERVICE, LimitsApi.class);
    }

    public KeysApi keys() {
        return contract(QUOTA_SERVICE, KeysApi.class);
    }

    public GatewayApi gateway() {
        return contract(QUOTA_SERVICE, GatewayApi.class);
    }

    public UsageApi usage() {
        return contract(QUOTA_SERVICE, UsageApi.class);
    }

    public PricesApi prices() {
        return contract(QUOTA_SERVICE, PricesApi.class);
    }

    public UpstreamsApi upstreams() {
        return contract(QUOTA_SERVICE, UpstreamsApi.class);
    }

    public DataClassesApi dataClasses() {
        return contract(QUOTA_SERVICE, DataClassesApi.class);
    }

    public SteeringApi steering() {
        return contract(QUOTA_SERVICE, SteeringApi.class);
    }

    public RefusalsApi refusals() {
        return contract(QUOTA_SERVICE, RefusalsApi.class);
    }

    public TriesApi tries() {
        return contract(QUOTA_SERVICE, TriesApi.class);
    }

    public StatementsApi statements() {
        return contract(QUOTA_SERVICE, StatementsApi.class);
    }

    public AuditApi audit() {
        return contract(QUOTA_SERVICE, AuditApi.class);
    }

    /** The bytes at a path of a service, for what is a file and no document. */
    public byte[] bytes(String service, String path) {
        return Objects.requireNonNull(client(service).get().uri(path).retrieve().body(byte[].class), "the answer's body");
    }

    /** A token of the persona, good for a while yet. */
    public String token() {
        return tokens.get();
    }

    private <T> T contract(String service, Class<T> contract) {
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client(service))).build().createClient(contract);
    }

    private RestClient client(String service) {
        JdkClientHttpRequestFactory http = new JdkClientHttpRequestFactory();
        http.setReadTimeout(LONGEST_ANSWER);
        return RestClient.builder()
                .baseUrl(directory.url(service).toString())
                .requestFactory(http)
                .requestInterceptor((request, body, execution) -> {
                    request.getHeaders().setBearerAuth(token());
                    return execution.execute(request, body);
                })
                .build();
    }
}
