package dev.penstock.platform.slice;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.queue.Decision;
import dev.penstock.platform.queue.Place;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts parts as held by those whose turn it is. For use among tenants, under the {@link SliceQueue#lock lock} of their kind. */
@Component
class HandOut {

    private final JobTransactions transactions;
    private final JdbcClient jdbc;

    private record Turn(TenantId tenant, @Nullable String cluster) {

        static Turn of(Place place) {
            return new Turn(place.slice().tenant(), place.cluster());
        }
    }

    HandOut(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * They are looked at next. One that was changed meanwhile, or was refused its quota this very moment, gets nothing and asks for itself.
     *
     * @param except who is given nothing here; null: nobody
     */
    void give(Actor actor, Decision decision, @Nullable SliceKey except) {
        Map<Turn, List<UUID>> turns = decision.queue().stream()
                .filter(Place::isTurn)
                .filter(place -> except == null || !place.slice().slice().equals(except.slice()) || !place.slice().tenant().equals(except.tenant()))
                .collect(Collectors.groupingBy(Turn::of, Collectors.mapping(place -> place.slice().slice().value(), Collectors.toList())));
        turns.forEach((turn, slices) -> transactions.inTenant(Job.RECONCILE, actor, turn.tenant(), () -> jdbc.sql("""
                        update platform.slice set holds_room = true, cluster = :cluster, version = version + 1, next_attempt_at = least(next_attempt_at, now())
                         where tenant_id = :tenant and id = any(:slices) and state = 'QUEUED' and not holds_room
                           and not (refused_at is not null and claimed_until > now())""")
                .param("cluster", turn.cluster())
                .param("tenant", turn.tenant().value())
                .param("slices", slices.toArray(UUID[]::new))
                .update()));
    }
}
