package dev.penstock.quota.registry;

import dev.penstock.contract.MoveId;
import dev.penstock.frame.jobs.Timestamps;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keys and limits that follow their project, and the class of its data that does not: a function of the schema's owner, since no job may see two tenants, or what proves a key. */
@Component
class MoveTable {

    private final JdbcClient jdbc;

    MoveTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Asked for the tenant that is left, with both locked. Empty: it was done before. */
    Optional<Instant> move(MoveId id, Move move) {
        return jdbc.sql("select quota.move_project(:move, :project, :from, :to) as moved_at")
                .param("move", id.value())
                .param("project", move.project().value())
                .param("from", move.from().value())
                .param("to", move.to().value())
                .query((row, number) -> Optional.ofNullable(Timestamps.find(row, "moved_at")))
                .single();
    }
}
