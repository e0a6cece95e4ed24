package dev.penstock.quota.apikey;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.Alike;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.Timestamps;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements behind the copy. */
@Component
class KeyCopyTable {

    private static final Actor READER = Actor.system("keys");

    /** Of rows in memory as they came, beside what is made of them. */
    private static final int AT_ONCE = 2_000;

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private volatile Reading last = Reading.NOTHING;

    KeyCopyTable(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * All keys, by the public id of each secret. Of tenants where nothing moved they are kept as they are in {@code known}; if nothing moved anywhere, {@code known} itself.
     *
     * <p>All of it at one moment: a key whose project moves is found in one tenant and not in two or none.
     */
    Map<String, KeyRow> read(Map<String, KeyRow> known) {
        return transactions.atOneMoment(Job.SNAPSHOT, READER, () -> {
            Reading before = last.of(known);
            Map<TenantId, Long> versions = versions();
            Set<TenantId> moved = before.moved(versions);
            Reading now = moved.isEmpty() ? before : new Reading(all(before.keys(), moved), versions);
            last = now;
            return now.keys();
        });
    }

    /**
     * Sums by tenant. Rows are only added, also when a key goes to another tenant, and every change but the last use makes a version grow: so a sum grows
     * with every change of the tenant's, in whatever order transactions commit.
     */
    private Map<TenantId, Long> versions() {
        Map<TenantId, Long> versions = new HashMap<>();
        jdbc.sql("select tenant_id, sum(version) as versions from quota.api_key group by tenant_id").query(row -> {
            versions.put(new TenantId(uuid(row, "tenant_id")), row.getLong("versions"));
        });
        return versions;
    }

    private Map<String, KeyRow> all(Map<String, KeyRow> known, Set<TenantId> moved) {
        Map<String, KeyRow> keys = new HashMap<>();
        known.forEach((id, key) -> {
            if (!moved.contains(key.tenant())) {
                keys.put(id, key);
            }
        });
        Alike<TenantId> tenants = new Alike<>();
        Alike<ProjectId> projects = new Alike<>();
        jdbc.sql("""
                        select k.tenant_id, k.id, k.project_id, k.public_id, k.pepper_version, k.hmac, k.models, k.operations, k.networks::text[], k.purpose, k.expires_at,
                               k.secret_ended_at as secret_ends_at, k.revoked_at is not null as revoked, k.version
                          from quota.api_key k where k.moved_at is null and k.tenant_id = any(:tenants)
                        union all
                        select k.tenant_id, k.id, k.project_id, f.public_id, f.pepper_version, f.hmac, k.models, k.operations, k.networks::text[], k.purpose, k.expires_at,
                               f.ends_at, k.revoked_at is not null, k.version
                          from quota.former_secret f join quota.api_key k on k.tenant_id = f.tenant_id and k.id = f.key_id
                         -- Those long over are left out to save memory; whether one works is asked when it is used.
                         where k.moved_at is null and k.tenant_id = any(:tenants) and f.ends_at > now() - interval '1 day'""")
                .param("tenants", moved.stream().map(TenantId::value).toArray(UUID[]::new))
                .withFetchSize(AT_ONCE)
                .query(row -> {
                    KeyRow key = key(row, tenants, projects);
                    keys.put(key.publicId(), key);
                });
        return Map.copyOf(keys);
    }

    private static KeyRow key(ResultSet row, Alike<TenantId> tenants, Alike<ProjectId> projects) throws SQLException {
        return new KeyRow(
                new KeyId(uuid(row, "id")), tenants.one(new TenantId(uuid(row, "tenant_id"))), projects.one(new ProjectId(uuid(row, "project_id"))),
                text(row, "public_id"),
                new Pepper.Proof(row.getInt("pepper_version"), Objects.requireNonNull(row.getBytes("hmac"))),
                words(row.getArray("models")), scope(row), Timestamps.find(row, "expires_at"),
                Timestamps.find(row, "secret_ends_at"), row.getBoolean("revoked"), row.getLong("version"));
    }

    private static KeyScope scope(ResultSet row) throws SQLException {
        Set<String> operations = words(row.getArray("operations"));
        Set<String> networks = words(row.getArray("networks"));
        String purpose = row.getString("purpose");
        return operations == null && networks == null && purpose == null ? KeyScope.ANY : KeyScope.of(operations, networks, purpose);
    }

    /** A word that stands twice, as SQL may have written it, must not keep everybody's keys from being read. */
    private static @Nullable Set<String> words(@Nullable Array array) throws SQLException {
        return array == null ? null : Set.copyOf(Arrays.asList((String[]) array.getArray()));
    }

    /**
     * What was read at one moment.
     *
     * @param versions that tell whether it is still so
     */
    private record Reading(Map<String, KeyRow> keys, Map<TenantId, Long> versions) {

        static final Reading NOTHING = new Reading(Map.of(), Map.of());

        /** What is known of others is not known here. */
        @SuppressWarnings("ReferenceEquality")
        Reading of(Map<String, KeyRow> known) {
            return keys == known ? this : NOTHING;
        }

        Set<TenantId> moved(Map<TenantId, Long> present) {
            Set<TenantId> moved = new HashSet<>(versions.keySet());
            moved.addAll(present.keySet());
            moved.removeIf(tenant -> Objects.equals(versions.get(tenant), present.get(tenant)));
            return moved;
        }
    }
}
