package dev.penstock.quota.apikey;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down when keys were used, to the minute and a little late: for people who wonder whether a key is still in use, so it may be lost. */
@Component
class LastUse implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(LastUse.class);
    private static final Actor WRITER = Actor.system("keys");
    private static final Duration EVERY = Duration.ofSeconds(10);

    private record Use(TenantId tenant, UUID key) {}

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final Clock clock;
    // Bounded by the number of keys.
    private final Map<Use, Instant> noted = new ConcurrentHashMap<>();
    private final Map<Use, Instant> written = new HashMap<>();
    private final Rhythm rhythm = Rhythm.of("key-last-use", EVERY, this::write);

    LastUse(JobTransactions transactions, JdbcClient jdbc, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void note(KeyRow key) {
        noted.put(new Use(key.tenant(), key.id().value()), clock.instant().truncatedTo(ChronoUnit.MINUTES));
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
        for (Use use : noted.keySet()) {
            Instant at = noted.remove(use);
            if (at == null || at.equals(written.get(use))) {
                continue;
            }
            try {
                transactions.inTenant(Job.SETTLE, WRITER, use.tenant(), () -> update(use, at));
                written.put(use, at);
            } catch (RuntimeException e) {
                // The others would fail as well, each after its time; the next turn comes soon.
                log.warn("writing down the last use of keys: {}", e.getMessage());
                return;
            }
        }
    }

    private int update(Use use, Instant at) {
        return jdbc.sql("""
                        update quota.api_key set last_used_at = :at
                         where tenant_id = :tenant and id = :key and (last_used_at is null or last_used_at < :at)""")
                .param("at", Timestamp.from(at))
                .param("tenant", use.tenant().value())
                .param("key", use.key())
                .update();
    }
}
