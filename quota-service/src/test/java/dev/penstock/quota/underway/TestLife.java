package dev.penstock.quota.underway;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.journal.Settlement;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One start of a replica that tells when a test says so. The next one on the same disk has the same journal. */
final class TestLife {

    static final UnderWaySettings SETTINGS = new UnderWaySettings(Duration.ofMillis(20), Duration.ofMillis(300), Duration.ofHours(1));

    static final Instant TS = Instant.parse("2026-11-21T12:00:00Z");

    private static final Actor ACTOR = Actor.system("test");

    final UnderWay underWay = new UnderWay();
    final OwnLife own;

    /** Its epoch is taken. */
    TestLife(RunningService service, String name, Journal journal) {
        this(service, name, journal, service.bean(LifeTable.class));
    }

    TestLife(RunningService service, String name, Journal journal, LifeTable table) {
        JobTransactions transactions = service.bean(JobTransactions.class);
        own = new OwnLife(underWay, journal, table, transactions, SETTINGS);
        transactions.acrossTenants(Job.SETTLE, ACTOR, () -> {
            String epoch = service.bean(JdbcClient.class).sql("""
                            insert into quota.replica as r (name, epoch) values (:name, 1) on conflict (name) do update set epoch = r.epoch + 1 returning epoch""")
                    .param("name", name).query(String.class).single();
            own.begins(name, Long.parseLong(epoch));
            return null;
        });
    }

    Attempt begins(EndpointId endpoint) {
        Attempt attempt = new Attempt(new TenantId(new UUID(0, 1)), new CallId(UUID.randomUUID()), 0);
        underWay.begins(intent(attempt, endpoint));
        return attempt;
    }

    void settled(Attempt attempt) {
        underWay.settled(List.of(new Ended(Settlement.notForwarded(attempt), null)));
    }

    void tells() {
        own.turn();
    }

    static Intent intent(Attempt attempt, EndpointId endpoint) {
        return new Intent(
                attempt, TS, new ProjectId(new UUID(0, 2)), null, 1, endpoint, 0, 1, "sku", 1, 0, 1_000, 10, 7, BigInteger.ZERO, 3, List.of());
    }
}
