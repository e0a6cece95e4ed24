package dev.penstock.frame.jobs;

import dev.penstock.frame.MissingSetting;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param url JDBC URL of PostgreSQL
 * @param connectTimeout how long a request waits for a connection before it is refused
 * @param statementTimeout the longest one statement may take
 */
@ConfigurationProperties(prefix = "penstock.database", ignoreUnknownFields = false)
public record DatabaseSettings(
        String url,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration statementTimeout,
        @Nullable Pool web,
        @Nullable Pool org,
        @Nullable Pool reconcile,
        @Nullable Pool snapshot,
        @Nullable Pool reserve,
        @Nullable Pool seal,
        @Nullable Pool settle) {

    public DatabaseSettings {
        MissingSetting.require(url, "penstock.database.url", "Set it to the JDBC URL of the migrated database.");
    }

    /** @param poolSize the most connections of this job at once */
    public record Pool(String username, String password, @DefaultValue("8") int poolSize) {}

    /** @throws MissingSetting if the job is not configured */
    Pool pool(Job job) {
        Map<Job, @Nullable Pool> pools = new java.util.EnumMap<>(Job.class);
        pools.put(Job.WEB, web);
        pools.put(Job.ORG, org);
        pools.put(Job.RECONCILE, reconcile);
        pools.put(Job.SNAPSHOT, snapshot);
        pools.put(Job.RESERVE, reserve);
        pools.put(Job.SEAL, seal);
        pools.put(Job.SETTLE, settle);
        Pool pool = pools.get(job);
        String prefix = "penstock.database." + job.key();
        MissingSetting.require(pool == null ? null : pool.username(), prefix + ".username", "Each job has a database role of its own.");
        MissingSetting.require(pool == null ? null : pool.password(), prefix + ".password", "It was given to the migration for that role.");
        return java.util.Objects.requireNonNull(pool);
    }
}
