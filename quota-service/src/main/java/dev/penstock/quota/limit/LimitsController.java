package dev.penstock.quota.limit;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.quota.access.Access;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LimitsController implements LimitsApi {

    private final Access access;
    private final LimitViews views;
    private final LimitChanges changes;

    LimitsController(Access access, LimitViews views, LimitChanges changes) {
        this.access = access;
        this.views = views;
        this.changes = changes;
    }

    @Override
    @Audited(action = "limit.list", subject = "limit")
    public List<LimitView> list(@Nullable TenantId tenant) {
        access.requirePerson();
        if (tenant != null) {
            access.requireSees(tenant);
        }
        return views.list(tenant);
    }

    @Override
    @Audited(action = "limit.set", subject = "limit", id = "limit")
    public LimitView put(TenantId tenant, LimitId limit, LimitSpec spec) {
        access.requireAdminOf(tenant);
        return views.of(changes.put(access.actor(), tenant, limit, Subject.of(spec), Limit.Allowance.of(spec), spec.reason()));
    }

    @Override
    @Audited(action = "limit.remove", subject = "limit", id = "limit")
    public void remove(TenantId tenant, LimitId limit) {
        access.requireAdminOf(tenant);
        changes.remove(access.actor(), tenant, limit);
    }
}
