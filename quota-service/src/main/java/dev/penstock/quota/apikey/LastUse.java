package dev.penstock.quota.apikey;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.Timestamps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down when secrets of keys were used, to the minute and a little late: for people who wonder whether a key is still in use, so it may be lost. */
@Component
class LastUse implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(LastUse.class);
    private static final Actor WRITER = Actor.system("keys");
    private static final Duration EVERY = Duration.ofSeconds(10);
    /** Longer than a minute and two turns. */
    private static final Duration KNOWN = Duration.ofMinutes(2);

    private record Use(TenantId tenant, String secret) {}

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final Clock clock;
    // Both bounded by the keys that are used within minutes.
    private final Map<Use, Instant> noted = new ConcurrentHashMap<>();
    private final Map<Use, Instant> written = new HashMap<>();
    private final Rhythm rhythm = Rhythm.of("key-last-use", EVERY, this::write);

    LastUse(JobTransactions transactions, JdbcClient jdbc, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void note(KeyRow key) {
        noted.put(new Use(key.tenant(), key.publicId()), clock.instant().truncatedTo(ChronoUnit.MINUTES));
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** What was noted last is written too. */
    @Override
    public void stop() {
        BackgroundWork.super.stop();
        write();
    }

    synchronized void write() {
        Map<TenantId, Map<String, Instant>> uses = new HashMap<>();
        noted.forEach((use, at) -> {
            if (at.equals(written.get(use))) {
                noted.remove(use, at);
            } else {
                uses.computeIfAbsent(use.tenant(), tenant -> new HashMap<>()).put(use.secret(), at);
            }
        });
        for (Map.Entry<TenantId, Map<String, Instant>> each : uses.entrySet()) {
            try {
                transactions.inTenant(Job.SETTLE, WRITER, each.getKey(), () -> update(each.getKey(), each.getValue()));
            } catch (RuntimeException e) {
                // The others would fail as well, each after its time; the next turn comes soon.
                log.warn("writing down the last use of keys: {}", e.getMessage());
                return;
            }
            each.getValue().forEach((secret, at) -> {
                Use use = new Use(each.getKey(), secret);
                written.put(use, at);
                noted.remove(use, at);
            });
        }
        // What was written of an earlier minute is not asked for any more.
        Instant before = clock.instant().minus(KNOWN);
        written.values().removeIf(at -> at.isBefore(before));
    }

    /** A secret that was replaced meanwhile is found among those. */
    private int update(TenantId tenant, Map<String, Instant> uses) {
        return update("quota.api_key", "s.id", tenant, uses) + update("quota.former_secret", "s.public_id", tenant, uses);
    }

    /**
     * All of a tenant's at once, since in a busy minute each of its keys is used.
     *
     * @param order one for all, since every replica writes, and a project that moves takes its keys in it
     */
    private int update(String table, String order, TenantId tenant, Map<String, Instant> uses) {
        List<String> secrets = List.copyOf(uses.keySet());
        return jdbc.sql("""
                        with used as materialized (
                            select s.public_id, u.at
                              from %1$s s
                              join unnest(:secrets::text[], :ats::timestamptz[]) as u(public_id, at) on u.public_id = s.public_id
                             where s.tenant_id = :tenant and (s.last_used_at is null or s.last_used_at < u.at)
                             order by %2$s
                               for no key update of s)
                        update %1$s s set last_used_at = used.at
                          from used
                         where s.tenant_id = :tenant and s.public_id = used.public_id""".formatted(table, order))
                .param("tenant", tenant.value())
                .param("secrets", secrets.toArray(String[]::new))
                .param("ats", secrets.stream().map(secret -> Timestamps.text(Objects.requireNonNull(uses.get(secret)))).toArray(String[]::new))
                .update();
    }
}
