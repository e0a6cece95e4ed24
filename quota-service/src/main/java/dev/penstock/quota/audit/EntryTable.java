package dev.penstock.quota.audit;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.AuditEntry;
import dev.penstock.contract.quota.AuditPage;
import dev.penstock.verifier.CanonicalJson;
import dev.penstock.verifier.EntryLine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sealed entries, for readers. In the running transaction of the organisation-wide job. */
@Component
class EntryTable {

    private static final String SEALED = """
            select l.index, l.hash, t.name as tenant_name, %s
              from audit.leaf l join audit.entry e on e.id = l.entry_id left join quota.tenant t on t.tenant_id = e.tenant_id
            """.formatted(EntryRow.COLUMNS);

    private final JdbcClient jdbc;
    private final TreeTable tree;

    EntryTable(JdbcClient jdbc, TreeTable tree) {
        this.jdbc = jdbc;
        this.tree = tree;
    }

    /** Newest first, with a smaller index than {@code before}. */
    AuditPage page(AuditFilter filter, long before, int limit) {
        Where where = new Where(filter);
        List<AuditEntry> found = where.apply(jdbc.sql(SEALED + " where l.index < :before " + where.and() + " order by l.index desc limit :limit"))
                .param("before", before)
                .param("limit", limit + 1)
                .query(EntryTable::entry)
                .list();
        List<AuditEntry> page = found.subList(0, Math.min(limit, found.size()));
        return new AuditPage(page, matching(where), found.size() > limit ? page.getLast().index() : null);
    }

    Optional<AuditEntry> find(long index) {
        return jdbc.sql(SEALED + " where l.index = :index").param("index", index).query(EntryTable::entry).optional();
    }

    /** The line as it was sealed, or would have been if the row were not altered since. */
    Optional<EntryLine> line(long index) {
        return jdbc.sql(SEALED + " where l.index = :index").param("index", index).query((row, number) -> EntryRow.line(row, index)).optional();
    }

    /** Without a filter it is the size of the tree, which has no gaps. With one, every entry may have to be looked at, so counting has an end. */
    private long matching(Where where) {
        if (where.conditions.isEmpty()) {
            return tree.size();
        }
        return where.apply(jdbc.sql("""
                        select count(*) from (
                            select from audit.leaf l join audit.entry e on e.id = l.entry_id where true %s limit :most) as matching"""
                        .formatted(where.and())))
                .param("most", AuditPage.MOST_COUNTED)
                .query(Long.class)
                .single();
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        EntryLine line = EntryRow.line(row, row.getLong("index"));
        return new AuditEntry(
                line.index(),
                line.id(),
                line.at(),
                line.actor(),
                line.actorKind(),
                line.tenant() == null ? null : new TenantId(line.tenant()),
                row.getString("tenant_name"),
                line.project() == null ? null : new ProjectId(line.project()),
                line.action(),
                line.subjectKind(),
                line.subjectId(),
                line.subjectName(),
                line.outcome(),
                line.reason(),
                line.reference(),
                text(line.before()),
                text(line.after()),
                TreeTable.hash(row, "hash").hex());
    }

    private static @Nullable String text(@Nullable Object tree) {
        return tree == null ? null : CanonicalJson.text(tree);
    }

    /** A filter as conditions on {@code e}, with their parameters. */
    private static final class Where {

        private final AuditFilter filter;
        private final List<String> conditions = new ArrayList<>();

        Where(AuditFilter filter) {
            this.filter = filter;
            add(filter.text(), "concat_ws(' ', e.actor, e.subject_kind, e.subject_id, e.subject_name, e.reference) ilike :text");
            add(filter.actor(), "e.actor = :actor");
            add(filter.action(), "e.action = :action");
            add(filter.tenant(), "e.tenant_id = :tenant");
            add(filter.outcome(), "e.outcome = :outcome");
            add(filter.from(), "e.at >= :from");
            add(filter.to(), "e.at < :to");
        }

        String and() {
            return String.join("", conditions);
        }

        JdbcClient.StatementSpec apply(JdbcClient.StatementSpec statement) {
            if (filter.text() != null) {
                statement = statement.param("text", "%" + filter.text().replaceAll("([\\\\%_])", "\\\\$1") + "%");
            }
            statement = statement.param("actor", filter.actor()).param("action", filter.action()).param("outcome", filter.outcome());
            if (filter.tenant() != null) {
                statement = statement.param("tenant", filter.tenant().value());
            }
            if (filter.from() != null) {
                statement = statement.param("from", filter.from().atOffset(ZoneOffset.UTC));
            }
            if (filter.to() != null) {
                statement = statement.param("to", filter.to().atOffset(ZoneOffset.UTC));
            }
            return statement;
        }

        private void add(@Nullable Object value, String condition) {
            if (value != null) {
                conditions.add(" and " + condition);
            }
        }
    }
}
