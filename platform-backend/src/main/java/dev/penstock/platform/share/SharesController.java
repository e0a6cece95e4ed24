package dev.penstock.platform.share;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.ShareSpec;
import dev.penstock.contract.platform.ShareView;
import dev.penstock.contract.platform.SharesApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.platform.access.Access;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SharesController implements SharesApi {

    private final Access access;
    private final Shares shares;

    SharesController(Access access, Shares shares) {
        this.access = access;
        this.shares = shares;
    }

    @Override
    @Audited(action = "share.read", subject = "tenant", id = "tenant")
    public ShareView get(TenantId tenant) {
        access.requireSees(tenant, null);
        return shares.view(tenant);
    }

    /** By administrators only: what one tenant is guaranteed, others do without. */
    @Override
    @Audited(action = "tenant.set-share", subject = "tenant", id = "tenant")
    public ShareView put(TenantId tenant, ShareSpec spec) {
        access.requireSees(tenant, null);
        access.requireAdmin();
        shares.put(tenant, spec);
        return shares.view(tenant);
    }
}
