package dev.penstock.quota.apikey;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.Timestamps;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements behind the copy. */
@Component
class KeyCopyTable {

    private static final Actor READER = Actor.system("keys");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;

    KeyCopyTable(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * All keys, by their public id. If nothing moved, {@code known} itself: rows are only added, and every change but the last use makes a
     * version grow, so count and sum tell, in whatever order transactions commit. A key that goes to another tenant is a row there, of a higher version.
     */
    Map<String, KeyRow> read(Map<String, KeyRow> known) {
        return transactions.acrossTenants(Job.SNAPSHOT, READER, () -> {
            Moved moved = jdbc.sql("select count(*) as keys, coalesce(sum(version), 0) as versions from quota.api_key where moved_at is null")
                    .query((row, number) -> new Moved(row.getLong("keys"), row.getLong("versions")))
                    .single();
            return !known.isEmpty() && moved.equals(Moved.of(known)) ? known : all();
        });
    }

    private record Moved(long keys, long versions) {

        static Moved of(Map<String, KeyRow> known) {
            return new Moved(known.size(), known.values().stream().mapToLong(KeyRow::version).sum());
        }
    }

    private Map<String, KeyRow> all() {
        return jdbc.sql("""
                        select tenant_id, id, project_id, public_id, pepper_version, hmac, models, expires_at, revoked_at is not null as revoked, version
                          from quota.api_key where moved_at is null""")
                .query((row, number) -> key(row))
                .stream()
                .collect(Collectors.toUnmodifiableMap(KeyRow::publicId, key -> key));
    }

    private static KeyRow key(ResultSet row) throws SQLException {
        return new KeyRow(
                new KeyId(uuid(row, "id")), new TenantId(uuid(row, "tenant_id")), new ProjectId(uuid(row, "project_id")),
                text(row, "public_id"),
                new Pepper.Proof(row.getInt("pepper_version"), Objects.requireNonNull(row.getBytes("hmac"))),
                models(row.getArray("models")), Timestamps.find(row, "expires_at"), row.getBoolean("revoked"), row.getLong("version"));
    }

    private static @Nullable Set<String> models(@Nullable Array models) throws SQLException {
        return models == null ? null : Set.of((String[]) models.getArray());
    }
}
