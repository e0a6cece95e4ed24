package dev.penstock.quota.archive;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.usage.CallTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The days of usage that are here, and those that were archived. In the running transaction. */
@Component
class DayTable {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Rows in memory at once while all are read. */
    private static final int FETCH = 1_000;

    /** A day of many millions of rows is added up by one statement. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final JdbcClient jdbc;

    DayTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty: there is none. */
    Optional<LocalDate> oldest() {
        return jdbc.sql("select quota.oldest_usage_day() as day").query((row, number) -> Optional.ofNullable(row.getObject("day", LocalDate.class))).single();
    }

    /** Empty: it may go. */
    Optional<String> whyStays(LocalDate day, int months) {
        return jdbc.sql("select quota.why_usage_day_stays(:day, :months) as why")
                .param("day", day)
                .param("months", months)
                .query((row, number) -> Optional.ofNullable(row.getString("why")))
                .single();
    }

    /** Whether nobody else writes an archive; then nobody does until the transaction ends. */
    boolean takeWriting() {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended('quota.usage_archive.write', 0))").query(Boolean.class).single();
    }

    /** All rows of the day in the order of the primary key. Close what you get. */
    Stream<ArchiveLine> rows(LocalDate day) {
        longStatements();
        return jdbc.sql("""
                        select u.*, m.model as model_name, m.sku, m.asked, m.why, w.person as person_name,
                               e.upstream as egress_upstream, e.version as egress_version, e.data_class, e.asked_as
                          from quota.usage u
                          join quota.usage_model m on m.tenant_id = u.tenant_id and m.id = u.model
                          left join quota.usage_person w on w.tenant_id = u.tenant_id and w.id = u.person
                          left join quota.usage_egress e on e.tenant_id = u.tenant_id and e.id = u.upstream
                         where u.ts >= :begin and u.ts < :end
                         order by u.tenant_id, u.call_id, u.attempt, u.ts""")
                .param("begin", begin(day))
                .param("end", begin(day.plusDays(1)))
                .withFetchSize(FETCH)
                .query((row, number) -> line(row))
                .stream();
    }

    /**
     * Drops the day and records what was in it.
     *
     * @return false: that was done before
     * @throws org.springframework.dao.DataAccessException if the day has to stay, or the archive does not hold what is here
     */
    boolean drop(ArchivedDay archived, int months) {
        longStatements();
        return jdbc.sql("select quota.drop_archived_day(:day, :months, :file, decode(:sha256, 'hex'), :bytes, :sums::jsonb)")
                .param("day", archived.day())
                .param("months", months)
                .param("file", archived.file())
                .param("sha256", archived.sha256())
                .param("bytes", archived.bytes())
                .param("sums", JSON.writeValueAsString(archived.sums()))
                .query(Boolean.class)
                .single();
    }

    /** Without the sums: the file says them itself. Empty: the day had no rows when others were archived, or is here. */
    Optional<ArchivedDay> archived(LocalDate day) {
        return jdbc.sql("select file, sha256, bytes from quota.usage_archive where day = :day")
                .param("day", day)
                .query((row, number) -> new ArchivedDay(
                        day, text(row, "file"), HexFormat.of().formatHex(Objects.requireNonNull(row.getBytes("sha256"))), row.getLong("bytes"), List.of()))
                .optional();
    }

    private void longStatements() {
        jdbc.sql("select set_config('statement_timeout', :millis, true)").param("millis", Long.toString(LONGEST.toMillis())).query(String.class).single();
    }

    private static OffsetDateTime begin(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private static ArchiveLine line(ResultSet row) throws SQLException {
        Instant at = Timestamps.read(row, "ts");
        return new ArchiveLine(
                at.toString(), uuid(row, "call_id"), row.getInt("attempt"), uuid(row, "tenant_id"), uuid(row, "project_id"), row.getObject("key_id", UUID.class),
                row.getString("person_name"), row.getObject("endpoint_id", UUID.class), row.getInt("upstream"), text(row, "model_name"), text(row, "sku"),
                row.getObject("path", Integer.class), row.getInt("price_version"), row.getInt("status"), row.getBoolean("estimated"), row.getLong("input"),
                row.getLong("cache_read"), row.getLong("cache_write"), row.getLong("output"), row.getBigDecimal("cost").toBigIntegerExact().toString(),
                row.getInt("duration_ms"), row.getObject("first_token_ms", Integer.class), row.getLong("reasoning"),
                CallTable.egress(row), CallTable.steered(row));
    }
}
