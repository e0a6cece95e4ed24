package dev.penstock.quota.registry;

import dev.penstock.contract.MoveId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.MoveRegistration;
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
    private final Moves moves;

    RegistryController(Access access, Registry registry, Moves moves) {
        this.access = access;
        this.registry = registry;
        this.moves = moves;
    }

    @Override
    @Audited(action = "tenant.register", subject = "tenant", id = "tenant")
    public void register(TenantId tenant, TenantRegistration registration) {
        access.requireService(ServiceScope.REGISTRY);
        registry.register(access.actor(), tenant, Registration.of(registration));
    }

    @Override
    @Audited(action = "project.move", subject = "project-move", id = "move")
    public void move(MoveId move, MoveRegistration registration) {
        access.requireService(ServiceScope.REGISTRY);
        moves.take(access.actor(), move, Move.of(registration));
    }
}
