package dev.penstock.contract.quota;

import java.time.Instant;
import java.util.List;

/**
 * @param from of the first bucket
 * @param to end of the last bucket, exclusive
 * @param points by time, then group; buckets without use are left out
 */
public record UsageSeries(Instant from, Instant to, Bucket bucket, List<UsagePoint> points) {

    /** In the tenant's calendar and time zone; over several tenants in UTC. */
    public enum Bucket {
        QUARTER_HOUR,
        HOUR,
        DAY,
        MONTH
    }

    public enum By {
        MODEL,
        KEY,
        PROJECT,
        TENANT,
        PERSON
    }
}
