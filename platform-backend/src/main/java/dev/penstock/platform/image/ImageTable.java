package dev.penstock.platform.image;

import dev.penstock.contract.platform.WorkspaceImageSpec;
import dev.penstock.contract.platform.WorkspaceImageView;
import dev.penstock.contract.platform.WorkspaceKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Statements on images, for use within a transaction. */
@Component
class ImageTable {

    private static final String SELECT = "select id, kind, title, reference, offered, changed_by, changed_at from platform.workspace_image";

    private final JdbcClient jdbc;

    ImageTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<WorkspaceImageView> all() {
        return jdbc.sql(SELECT + " order by title, id").query(ImageTable::image).list();
    }

    Optional<WorkspaceImageView> find(String id) {
        return jdbc.sql(SELECT + " where id = :id").param("id", id).query(ImageTable::image).optional();
    }

    void put(String id, WorkspaceImageSpec spec, String by, Instant at) {
        jdbc.sql("""
                        insert into platform.workspace_image (id, kind, title, reference, offered, changed_by, changed_at)
                        values (:id, :kind, :title, :reference, :offered, :by, :at)
                        on conflict (id) do update set kind = excluded.kind, title = excluded.title, reference = excluded.reference,
                            offered = excluded.offered, changed_by = excluded.changed_by, changed_at = excluded.changed_at""")
                .param("id", id)
                .param("kind", spec.kind().name())
                .param("title", spec.title())
                .param("reference", spec.reference())
                .param("offered", spec.offered())
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static WorkspaceImageView image(ResultSet row, int number) throws SQLException {
        return new WorkspaceImageView(
                text(row, "id"), WorkspaceKind.valueOf(text(row, "kind")), text(row, "title"), text(row, "reference"), row.getBoolean("offered"),
                text(row, "changed_by"), row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
