package dev.penstock.quota.health;

import dev.penstock.contract.quota.HealthApi;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.frame.audit.Audited;
import dev.penstock.quota.access.Access;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HealthController implements HealthApi {

    private final Access access;
    private final HealthViews views;

    HealthController(Access access, HealthViews views) {
        this.access = access;
        this.views = views;
    }

    @Override
    @Audited(action = "health.read", subject = "health")
    public HealthView health() {
        access.requireReviewer();
        return views.view(access.actor());
    }
}
