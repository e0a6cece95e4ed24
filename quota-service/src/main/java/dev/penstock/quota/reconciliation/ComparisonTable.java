package dev.penstock.quota.reconciliation;

import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.route.Route;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What comparisons have added, in their order. */
@Component
class ComparisonTable {

    private final JdbcClient jdbc;

    ComparisonTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return false if there was nothing to add: nobody called since the last */
    boolean add(Route route, Instant at, Verdict verdict) {
        Amount uncompared = verdict.uncompared();
        boolean replaced = false;
        if (uncompared != null && !uncompared.isNothing()) {
            add(route, at, Verdict.Kind.REPLACED, Amount.NONE, uncompared, Amount.NONE, Amount.NONE);
            replaced = true;
        }
        boolean moved = !verdict.counted().isNothing() || !verdict.booked().isNothing();
        if (moved) {
            add(route, at, verdict.kind(), verdict.counted(), verdict.booked(), verdict.explanation().total(), verdict.unexplained());
        }
        return replaced || moved;
    }

    int forget(Duration age) {
        return jdbc.sql("delete from quota.engine_comparison where at < clock_timestamp() - make_interval(secs => :seconds)")
                .param("seconds", age.toSeconds())
                .update();
    }

    private void add(Route route, Instant at, Verdict.Kind kind, Amount counted, Amount booked, Amount explained, Amount unexplained) {
        jdbc.sql("""
                        insert into quota.engine_comparison (tenant_id, endpoint_id, at, model, kind, counted_input, counted_output, booked_input, booked_output,
                                                             explained_input, explained_output, unexplained_input, unexplained_output)
                        values (:tenant, :endpoint, :at, :model, :kind, :countedInput, :countedOutput, :bookedInput, :bookedOutput,
                                :explainedInput, :explainedOutput, :unexplainedInput, :unexplainedOutput)""")
                .param("tenant", route.holder().value())
                .param("endpoint", route.endpoint().value())
                .param("at", Timestamps.column(at))
                .param("model", route.model())
                .param("kind", kind.word())
                .param("countedInput", counted.input())
                .param("countedOutput", counted.output())
                .param("bookedInput", booked.input())
                .param("bookedOutput", booked.output())
                .param("explainedInput", explained.input())
                .param("explainedOutput", explained.output())
                .param("unexplainedInput", unexplained.input())
                .param("unexplainedOutput", unexplained.output())
                .update();
    }
}
