package dev.penstock.quota.registry;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.RegistryApi;
import dev.penstock.contract.quota.TenantRegistration;
import dev.penstock.frame.audit.Audited;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.access.ServiceScope;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RegistryController implements RegistryApi {

    private final Access access;
    private final Registry registry;

    RegistryController(Access access, Registry registry) {
        this.access = access;
        this.registry = registry;
    }

    @Override
    @Audited(action = "tenant.register", subject = "tenant", id = "tenant")
    public void register(TenantId tenant, TenantRegistration registration) {
        access.requireService(ServiceScope.REGISTRY);
        registry.register(access.actor(), tenant, Registration.of(registration));
    }
}
