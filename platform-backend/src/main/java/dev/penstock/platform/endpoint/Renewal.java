package dev.penstock.platform.endpoint;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.slice.Renewals;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.Slices;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes the leases of running endpoints longer before they end, as far as quota allows. A refusal is said and asked again; the endpoint then
 * runs to the end of the lease that it has.
 */
@Component
class Renewal {

    private static final Logger log = LoggerFactory.getLogger(Renewal.class);
    private static final Actor RENEWAL = Actor.system("lease-renewal");
    private static final int BATCH = 200;

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final EndpointStore store;
    private final EndpointTrail trail;
    private final Slices slices;
    private final Renewals renewals;
    private final EndpointSettings settings;
    private final Clock clock;

    Renewal(
            JobTransactions transactions,
            JdbcClient jdbc,
            EndpointStore store,
            EndpointTrail trail,
            Slices slices,
            Renewals renewals,
            EndpointSettings settings,
            Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.store = store;
        this.trail = trail;
        this.slices = slices;
        this.renewals = renewals;
        this.settings = settings;
        this.clock = clock;
    }

    void renewDue() {
        for (EndpointKey key : due()) {
            try {
                renew(key);
            } catch (RuntimeException e) {
                log.warn("the lease of endpoint {} could not be renewed; it is tried again", key, e);
            }
        }
    }

    private List<EndpointKey> due() {
        return transactions.acrossTenants(Job.RECONCILE, RENEWAL, () -> jdbc.sql("""
                        select e.tenant_id, e.id from platform.endpoint e
                         where e.renew_at <= :now and e.wanted = 'RUNNING' and e.state in ('READY', 'UNHEALTHY')
                         order by e.renew_at limit :limit""")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("limit", BATCH)
                .query((row, number) -> EndpointRow.key(row))
                .list());
    }

    private void renew(EndpointKey key) {
        Endpoint endpoint = in(key, () -> store.find(key).orElseThrow());
        String refused = refused(endpoint);
        in(key, () -> {
            Endpoint fresh = store.lock(key).orElseThrow();
            // Stopped, faltered or renewed by another replica meanwhile: then that counts.
            if (fresh.version() == endpoint.version()) {
                record(fresh, refused);
            }
            return true;
        });
    }

    private @Nullable String refused(Endpoint endpoint) {
        try {
            renewals.renew(endpoint.slice(), endpoint.terms().lease());
            return null;
        } catch (ProblemException e) {
            return e.detail();
        }
    }

    private void record(Endpoint before, @Nullable String refused) {
        Slice slice = slices.find(before.slice()).orElseThrow();
        Instant end = slice.leaseEndsAt();
        if (end == null) {
            // Its part was taken back this very moment: its lease stands still, and is renewed when it runs again.
            return;
        }
        Instant now = clock.instant();
        String words = refused == null ? null : "Its lease ends at " + end.truncatedTo(ChronoUnit.SECONDS) + " and was not made longer: " + refused;
        Endpoint after = before.renewed(words, refused == null ? end.minus(settings.lead(before.terms().lease())) : now.plus(settings.renewAgain()));
        store.become(after);
        if (!Objects.equals(words, before.renewalRefused())) {
            if (words != null) {
                store.event(before.key(), now, null, words);
            }
            trail.record(words == null ? "renew" : "renewal-refused", before, after);
        }
    }

    private <T> T in(EndpointKey key, Supplier<T> work) {
        return transactions.inTenant(Job.RECONCILE, RENEWAL, key.tenant(), work);
    }
}
