package dev.penstock.quota.apikey;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.KeyCheck;
import dev.penstock.contract.quota.KeyFound;
import dev.penstock.contract.quota.KeyMade;
import dev.penstock.contract.quota.KeyReport;
import dev.penstock.contract.quota.KeyReportView;
import dev.penstock.contract.quota.KeyRotation;
import dev.penstock.contract.quota.KeySpec;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.access.ServiceScope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class KeysController implements KeysApi {

    private final Access access;
    private final KeyViews views;
    private final KeyChanges changes;
    private final KeyRotations rotations;
    private final KeyChecks checks;

    KeysController(Access access, KeyViews views, KeyChanges changes, KeyRotations rotations, KeyChecks checks) {
        this.access = access;
        this.views = views;
        this.changes = changes;
        this.rotations = rotations;
        this.checks = checks;
    }

    @Override
    @Audited(action = "key.list", subject = "key")
    public List<KeyView> list(@Nullable TenantId tenant, @Nullable ProjectId project) {
        access.requirePerson();
        if (tenant != null) {
            access.requireSees(tenant);
        }
        return views.list(tenant, project);
    }

    @Override
    @Audited(action = "key.report", subject = "key")
    public KeyReportView report(KeyReport report, @Nullable TenantId tenant, @Nullable ProjectId project) {
        access.requirePerson();
        if (tenant != null) {
            access.requireSees(tenant);
        }
        return views.report(report, tenant, project);
    }

    @Override
    @Audited(action = "key.check", subject = "key")
    public List<KeyFound> check(KeyCheck check) {
        if (access.caller().isService()) {
            access.requireService(ServiceScope.KEY_CHECK);
        } else {
            access.requireReviewer();
        }
        return checks.check(access.actor(), check.texts());
    }

    @Override
    @Audited(action = "key.make", subject = "key", id = "key")
    public KeyMade make(TenantId tenant, ProjectId project, KeyId key, KeySpec spec) {
        access.requireMember(tenant, project);
        KeyChanges.Made made = changes.make(access.caller(), tenant, project, key, spec);
        return new KeyMade(views.of(made.key()), made.secret());
    }

    @Override
    @Audited(action = "key.revoke", subject = "key", id = "key")
    public KeyView revoke(TenantId tenant, KeyId key) {
        access.requirePerson();
        views.requireMayRevoke(tenant, key);
        return views.of(changes.revoke(access.caller(), tenant, key));
    }

    @Override
    @Audited(action = "key.rotate", subject = "key", id = "key")
    public KeyMade rotate(TenantId tenant, KeyId key, KeyRotation rotation) {
        access.requirePerson();
        views.requireMayRotate(tenant, key);
        KeyChanges.Made made = rotations.rotate(access.caller(), tenant, key, rotation);
        return new KeyMade(views.of(made.key()), made.secret());
    }

    @Override
    @Audited(action = "key.end-secret", subject = "key", id = "key")
    public KeyView endSecret(TenantId tenant, KeyId key, String start) {
        access.requirePerson();
        views.requireMayRevoke(tenant, key);
        return views.of(rotations.end(access.caller(), tenant, key, start));
    }
}
