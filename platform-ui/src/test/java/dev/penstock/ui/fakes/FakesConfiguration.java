package dev.penstock.ui.fakes;

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
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.DataClassesApi;
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
import dev.penstock.ui.backend.ModelCalls;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

/** The contracts, answered by the fakes instead of the clients. */
public final class FakesConfiguration implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        fake(registry, MeApi.class, FakeServices::me);
        fake(registry, SlicesApi.class, FakeServices::slices);
        fake(registry, IdlenessApi.class, FakeServices::idleness);
        fake(registry, WorkspacesApi.class, services -> services.workspaces.workspaces());
        fake(registry, WorkspaceImagesApi.class, services -> services.workspaces.images());
        fake(registry, SliceRequestsApi.class, FakeServices::requests);
        fake(registry, DelegationsApi.class, services -> services.delegations);
        fake(registry, SliceProfilesApi.class, FakeServices::profiles);
        fake(registry, TenantsApi.class, FakeServices::tenants);
        fake(registry, SharesApi.class, FakeServices::shares);
        fake(registry, FleetApi.class, FakeServices::fleet);
        fake(registry, FleetHistoryApi.class, FakeServices::fleetHistory);
        fake(registry, LimitsApi.class, FakeServices::limits);
        fake(registry, AuditApi.class, FakeServices::audit);
        fake(registry, HealthApi.class, FakeServices::health);
        fake(registry, WriteOffsApi.class, FakeServices::writeOffs);
        fake(registry, ModelsApi.class, services -> services.models.models());
        fake(registry, EndpointsApi.class, services -> services.models.endpoints());
        fake(registry, GatewayApi.class, services -> services.models.gateway());
        fake(registry, KeysApi.class, services -> services.models.keys());
        fake(registry, AliasesApi.class, services -> services.aliases);
        fake(registry, UpstreamsApi.class, services -> services.upstreams);
        fake(registry, DataClassesApi.class, services -> services.upstreams.classes());
        fake(registry, StopsApi.class, services -> services.stops);
        fake(registry, SteeringApi.class, services -> services.steering);
        fake(registry, RefusalsApi.class, services -> services.refusals);
        fake(registry, LimitRequestsApi.class, services -> services.limitRequests);
        fake(registry, TriesApi.class, services -> services.tries);
        fake(registry, PricesApi.class, services -> services.models.prices());
        fake(registry, UsageApi.class, services -> services.books.usage());
        fake(registry, ModelCalls.class, services -> services.calls);
        fake(registry, StatementsApi.class, services -> services.books.statements());
    }

    private static <T> void fake(BeanRegistry registry, Class<T> contract, Function<FakeServices, T> answers) {
        registry.registerBean(
                "fake" + contract.getSimpleName(),
                contract,
                fake -> fake.primary().supplier(context -> answers.apply(context.bean(FakeServices.class))));
    }
}
