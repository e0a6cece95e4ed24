package dev.penstock.quota.usage;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.CallPage;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.frame.audit.Audited;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class UsageController implements UsageApi {

    private final UsageViews views;

    UsageController(UsageViews views) {
        this.views = views;
    }

    @Override
    @Audited(action = "usage.read", subject = "usage")
    public UsageSeries series(
            @Nullable TenantId tenant, @Nullable ProjectId project, @Nullable KeyId key, @Nullable String model,
            Instant from, Instant to, UsageSeries.Bucket bucket, UsageSeries.By by) {
        return views.series(new UsageQuestion(tenant, project, key, model, new UsageRange(from, to), false), bucket, by);
    }

    @Override
    @Audited(action = "usage.read", subject = "usage")
    public CallPage calls(
            @Nullable TenantId tenant, @Nullable ProjectId project, @Nullable KeyId key, @Nullable String model,
            Instant from, Instant to, boolean egress, @Nullable String cursor) {
        return views.page(new UsageQuestion(tenant, project, key, model, new UsageRange(from, to), egress), CallCursor.parse(cursor));
    }
}
