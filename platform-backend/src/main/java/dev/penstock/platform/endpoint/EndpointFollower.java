package dev.penstock.platform.endpoint;

import dev.penstock.contract.platform.EndpointState;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.LiveFeed;
import dev.penstock.platform.request.Requests;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.Slices;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes what endpoints are by now, whenever a slice or a request of theirs has changed, or their project's name: on a signal, and on a timer in case it was lost. Any
 * number of replicas may run it: each looks again under the endpoint's lock. Lets leases be renewed in time.
 */
@Component
class EndpointFollower implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(EndpointFollower.class);
    private static final Actor FOLLOWER = Actor.system("endpoint-follower");

    /** Endpoints looked at in one turn; the others come in the next. */
    private static final int BATCH = 200;

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final EndpointStore store;
    private final EndpointTrail trail;
    private final Requests requests;
    private final Slices slices;
    private final Renewal renewal;
    private final EndpointSettings settings;
    private final Clock clock;
    private final Rhythm rhythm;

    EndpointFollower(
            JobTransactions transactions,
            JdbcClient jdbc,
            EndpointStore store,
            EndpointTrail trail,
            Requests requests,
            Slices slices,
            Renewal renewal,
            EndpointSettings settings,
            Clock clock,
            LiveFeed feed) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.store = store;
        this.trail = trail;
        this.requests = requests;
        this.slices = slices;
        this.renewal = renewal;
        this.settings = settings;
        this.clock = clock;
        this.rhythm = Rhythm.of("endpoints", settings.poll(), this::turn);
        feed.onChange(rhythm::wake);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    void turn() {
        due().forEach(this::one);
        renewal.renewDue();
    }

    /** One that cannot be followed must not keep the others from it. */
    private void one(EndpointKey key) {
        try {
            follow(key);
        } catch (RuntimeException e) {
            log.warn("endpoint {} could not be followed; it is tried again", key, e);
        }
    }

    private List<EndpointKey> due() {
        return transactions.acrossTenants(Job.RECONCILE, FOLLOWER, () -> jdbc.sql("""
                        select e.tenant_id, e.id
                          from platform.endpoint e
                          join platform.slice_request r on r.tenant_id = e.tenant_id and r.id = e.request_id
                          join platform.project p on p.tenant_id = e.tenant_id and p.id = e.project_id
                          left join platform.slice s on s.tenant_id = e.tenant_id and s.id = e.request_id
                         where e.state <> 'DELETED'
                           and (e.seen_request <> r.version or e.seen_slice <> coalesce(s.version, -1) or e.route_project is distinct from p.name)
                         order by e.since, e.id
                         limit :limit""")
                .param("limit", BATCH)
                .query((row, number) -> EndpointRow.key(row))
                .list());
    }

    private void follow(EndpointKey key) {
        transactions.inTenant(Job.RECONCILE, FOLLOWER, key.tenant(), () -> {
            Endpoint before = store.lock(key).orElseThrow();
            Requests.Standing request = requests.find(key.tenant(), before.request()).orElseThrow();
            Slice slice = slices.find(before.slice()).orElse(null);
            Derivation is = Derivation.of(before.wanted(), request, slice, before.renewalRefused());
            if (is.state() != before.state() || !Objects.equals(is.reason(), before.reason())) {
                write(before, is, slice);
            } else if (slice != null) {
                trail.tell(before);
            }
            store.seen(key, request.version(), slice == null ? -1 : slice.version());
            store.followProjectName(key);
            return true;
        });
    }

    private void write(Endpoint before, Derivation is, @Nullable Slice slice) {
        Instant now = clock.instant();
        Instant ready = before.readyAt() != null || slice == null ? before.readyAt() : slice.standing().readyAt();
        Endpoint after = before.derived(is.state(), is.reason(), now, ready, renewAt(before, is.state(), slice));
        store.become(after);
        if (after.state() == before.state()) {
            trail.tell(after);
            return;
        }
        // What happened to its slice is told by the slice's own events.
        if (slice == null && after.reason() != null) {
            store.event(after.key(), now, after.state(), after.reason());
        }
        trail.record(verb(after.state()), before, after);
    }

    private @Nullable Instant renewAt(Endpoint before, EndpointState state, @Nullable Slice slice) {
        Instant end = slice == null ? null : slice.leaseEndsAt();
        boolean runs = state == EndpointState.READY || state == EndpointState.UNHEALTHY;
        if (!runs || end == null) {
            return null;
        }
        return before.renewAt() != null ? before.renewAt() : end.minus(settings.lead(before.terms().lease()));
    }

    private static String verb(EndpointState state) {
        return switch (state) {
            case REQUESTED -> "wait";
            case QUEUED -> "queue";
            case STARTING -> "bring-up";
            case READY -> "ready";
            case UNHEALTHY -> "falter";
            case STOPPING, DELETING -> "give-back";
            case STOPPED -> "end";
            case DELETED -> "forget";
            case FAILED -> "fail";
        };
    }
}
