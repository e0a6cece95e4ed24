package dev.penstock.platform.tenant;

import dev.penstock.contract.MemberId;
import dev.penstock.contract.MoveId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.ApprovalPolicy;
import dev.penstock.contract.platform.MemberSpec;
import dev.penstock.contract.platform.MoveSpec;
import dev.penstock.contract.platform.ProjectSpec;
import dev.penstock.contract.platform.TenantSpec;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.platform.access.Access;
import java.util.List;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TenantsController implements TenantsApi {

    private final Access access;
    private final TenantViews views;
    private final TenantChanges changes;
    private final Moves moves;

    TenantsController(Access access, TenantViews views, TenantChanges changes, Moves moves) {
        this.access = access;
        this.views = views;
        this.changes = changes;
        this.moves = moves;
    }

    @Override
    @Audited(action = "tenant.list", subject = "tenant")
    public List<TenantView> list() {
        return views.all();
    }

    @Override
    @Audited(action = "tenant.read", subject = "tenant", id = "tenant")
    public TenantView get(TenantId tenant) {
        access.requireSees(tenant, null);
        return views.one(tenant);
    }

    @Override
    @Audited(action = "tenant.change", subject = "tenant", id = "tenant")
    public TenantView put(TenantId tenant, TenantSpec spec) {
        requireAdminOf(tenant);
        changes.put(tenant, spec);
        return views.one(tenant);
    }

    @Override
    @Audited(action = "project.change", subject = "project", id = "project")
    public TenantView putProject(TenantId tenant, ProjectId project, ProjectSpec spec) {
        access.requireOwner(tenant);
        changes.put(tenant, project, spec);
        return views.one(tenant);
    }

    /** By administrators only: nobody else has a say in two tenants. */
    @Override
    @Audited(action = "project.move", subject = "project", id = "project")
    public TenantView moveProject(TenantId tenant, ProjectId project, MoveId move, MoveSpec spec) {
        access.requireSees(tenant, null);
        access.requireAdmin();
        moves.move(tenant, project, move, spec.to());
        return views.one(spec.to());
    }

    @Override
    @Audited(action = "member.change", subject = "member", id = "member")
    public TenantView putMember(TenantId tenant, MemberId member, MemberSpec spec) {
        access.requireOwner(tenant);
        changes.put(tenant, member, spec);
        return views.one(tenant);
    }

    @Override
    @Audited(action = "member.remove", subject = "member", id = "member")
    public TenantView removeMember(TenantId tenant, MemberId member) {
        access.requireOwner(tenant);
        changes.remove(tenant, member);
        return views.one(tenant);
    }

    /** By administrators only: an owner who could set the policy would approve their own requests with it. */
    @Override
    @Audited(action = "tenant.set-policy", subject = "tenant", id = "tenant")
    public TenantView putPolicy(TenantId tenant, ApprovalPolicy policy) {
        access.requireSees(tenant, null);
        access.requireAdmin();
        changes.put(tenant, policy);
        return views.one(tenant);
    }

    /** A tenant that does not exist yet looks to anybody else like one that is not theirs, in either case they may not make it. */
    private void requireAdminOf(TenantId tenant) {
        if (!access.isAdmin()) {
            access.requireSees(tenant, null);
        }
        access.requireAdmin();
    }
}
