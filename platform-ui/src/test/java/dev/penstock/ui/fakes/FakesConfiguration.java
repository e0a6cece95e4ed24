package dev.penstock.ui.fakes;

import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.contract.platform.FleetApi;
import dev.penstock.contract.platform.MeApi;
import dev.penstock.contract.platform.ModelsApi;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.contract.quota.AuditApi;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.PricesApi;
import dev.penstock.contract.quota.StatementsApi;
import dev.penstock.contract.quota.UsageApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The contracts, answered by the fakes instead of the clients. */
@Configuration(proxyBeanMethods = false)
public class FakesConfiguration {

    @Bean
    @Primary
    MeApi fakeMeApi(FakeServices services) {
        return services.me();
    }

    @Bean
    @Primary
    SlicesApi fakeSlicesApi(FakeServices services) {
        return services.slices();
    }

    @Bean
    @Primary
    SliceRequestsApi fakeSliceRequestsApi(FakeServices services) {
        return services.requests();
    }

    @Bean
    @Primary
    SliceProfilesApi fakeSliceProfilesApi(FakeServices services) {
        return services.profiles();
    }

    @Bean
    @Primary
    TenantsApi fakeTenantsApi(FakeServices services) {
        return services.tenants();
    }

    @Bean
    @Primary
    FleetApi fakeFleetApi(FakeServices services) {
        return services.fleet();
    }

    @Bean
    @Primary
    LimitsApi fakeLimitsApi(FakeServices services) {
        return services.limits();
    }

    @Bean
    @Primary
    AuditApi fakeAuditApi(FakeServices services) {
        return services.audit();
    }

    @Bean
    @Primary
    ModelsApi fakeModelsApi(FakeServices services) {
        return services.models.models();
    }

    @Bean
    @Primary
    EndpointsApi fakeEndpointsApi(FakeServices services) {
        return services.models.endpoints();
    }

    @Bean
    @Primary
    GatewayApi fakeGatewayApi(FakeServices services) {
        return services.models.gateway();
    }

    @Bean
    @Primary
    KeysApi fakeKeysApi(FakeServices services) {
        return services.models.keys();
    }

    @Bean
    @Primary
    PricesApi fakePricesApi(FakeServices services) {
        return services.models.prices();
    }

    @Bean
    @Primary
    UsageApi fakeUsageApi(FakeServices services) {
        return services.books.usage();
    }

    @Bean
    @Primary
    StatementsApi fakeStatementsApi(FakeServices services) {
        return services.books.statements();
    }
}
