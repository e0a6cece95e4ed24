package dev.penstock.ui.usage;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.CallPage;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.ui.backend.CallsCsv;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.PathIds;
import dev.penstock.ui.base.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What is asked; all of it stands in the address.
 *
 * @param egress of calls, only those that left the house
 */
record Question(
        @Nullable TenantId tenant, @Nullable ProjectId project, @Nullable KeyId key, @Nullable String model, UsageSeries.By by, Range range, boolean egress) {

    static final String TENANT = "tenant";
    static final String KEY = "key";
    static final String MODEL = "model";
    static final String BY = "by";
    static final String EGRESS = "egress";

    /** The project that is chosen in the frame comes before a tenant that is filtered by. */
    static Question of(Address address, Scope scope, Range range) {
        String tenant = address.get(TENANT);
        String key = address.get(KEY);
        return new Question(
                scope.tenantId() != null || tenant == null ? scope.tenantId() : PathIds.of(tenant, TenantId::of),
                scope.projectId(),
                key == null ? null : PathIds.of(key, KeyId::of),
                address.get(MODEL),
                address.get(BY, UsageSeries.By.MODEL),
                range,
                address.is(EGRESS, "only"));
    }

    UsageSeries series(UsageApi usage) {
        return usage.series(tenant, project, key, model, range.from(), range.to(), range.bucket(), by);
    }

    /** Only its sum is looked at: the finest buckets stretch the time least. */
    UsageSeries before(UsageApi usage) {
        boolean fine = range.bucket() == UsageSeries.Bucket.HOUR;
        return usage.series(
                tenant, project, key, model, range.beforeFrom(), range.beforeTo(),
                fine ? UsageSeries.Bucket.QUARTER_HOUR : UsageSeries.Bucket.HOUR, UsageSeries.By.TENANT);
    }

    CallPage calls(UsageApi usage, @Nullable String cursor) {
        return usage.calls(tenant, project, key, model, range.from(), range.to(), egress, cursor);
    }

    CallsCsv.Wanted csv() {
        return new CallsCsv.Wanted(tenant, project, key, model, range.from(), range.to(), egress);
    }
}
