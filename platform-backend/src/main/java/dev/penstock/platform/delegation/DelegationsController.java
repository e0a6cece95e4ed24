package dev.penstock.platform.delegation;

import dev.penstock.contract.DelegationId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.DelegationSpec;
import dev.penstock.contract.platform.DelegationView;
import dev.penstock.contract.platform.DelegationsApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.platform.access.Access;
import java.util.List;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DelegationsController implements DelegationsApi {

    private final Access access;
    private final Delegating delegating;
    private final DelegationViews views;

    DelegationsController(Access access, Delegating delegating, DelegationViews views) {
        this.access = access;
        this.delegating = delegating;
        this.views = views;
    }

    @Override
    @Audited(action = "approval-delegation.list", subject = "approval-delegation")
    public List<DelegationView> list() {
        return views.list();
    }

    /** By who decides something there on a right of their own: what one decides in another's place cannot be passed on. */
    @Override
    @Audited(action = "approval-delegation.give", subject = "approval-delegation", id = "delegation")
    public DelegationView put(TenantId tenant, DelegationId delegation, DelegationSpec spec) {
        access.requireDecidesIn(tenant);
        return delegating.give(tenant, delegation, spec);
    }

    @Override
    @Audited(action = "approval-delegation.end", subject = "approval-delegation", id = "delegation")
    public DelegationView end(TenantId tenant, DelegationId delegation) {
        access.requireSees(tenant, null);
        return delegating.end(tenant, delegation);
    }
}
