package dev.penstock.quota.apikey;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.KeyOperation;
import dev.penstock.contract.quota.KeyReport;
import dev.penstock.contract.quota.KeySpec;
import dev.penstock.frame.jobs.Timestamps;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The keys of one tenant, as people see them. */
@Component
class KeyTable {

    private static final String COLUMNS = """
            select k.tenant_id, k.id, k.project_id, k.name, k.public_id, k.models, k.operations, k.networks::text[], k.purpose, k.created_by, k.created_at, k.expires_at, k.revoked_at, k.revoked_by,
                   coalesce(k.rotated_at, k.created_at) as secret_made_at, k.secret_ended_at, k.last_used_at as secret_last_used_at,
                   greatest(k.last_used_at, (select max(e.last_used_at) from quota.former_secret e where e.tenant_id = k.tenant_id and e.key_id = k.id)) as last_used_at,
                   f.public_id as former_public_id, f.made_at as former_made_at, f.ends_at as former_ends_at, f.last_used_at as former_last_used_at,
                   t.name as tenant_name, p.name as project_name
              from quota.api_key k
              left join lateral (select e.public_id, e.made_at, e.ends_at, e.last_used_at from quota.former_secret e
                                  where e.tenant_id = k.tenant_id and e.key_id = k.id and e.ends_at > :now) f on true
              join quota.tenant t on t.tenant_id = k.tenant_id
              join quota.project p on p.tenant_id = k.tenant_id and p.id = k.project_id
            """;

    private final JdbcClient jdbc;

    KeyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Working ones first, then newest first. */
    List<StoredKey> list(@Nullable TenantId tenant, @Nullable ProjectId project, Instant now, int most) {
        return jdbc.sql(COLUMNS + """
                         where k.moved_at is null and (:tenant::uuid is null or k.tenant_id = :tenant::uuid) and (:project::uuid is null or k.project_id = :project::uuid)
                         order by (k.revoked_at is not null or coalesce(k.expires_at <= :now, false)), k.created_at desc, k.id
                         limit :most""")
                .param("tenant", tenant == null ? null : tenant.toString())
                .param("project", project == null ? null : project.toString())
                .param("now", Timestamp.from(now))
                .param("most", most)
                .query(KeyTable::key)
                .list();
    }

    /** Of those that work, the oldest first. @param before when something must have happened last */
    List<StoredKey> report(KeyReport report, @Nullable TenantId tenant, @Nullable ProjectId project, Instant now, Instant before, int most) {
        String which = switch (report) {
            case NEVER_USED -> "used.last_at is null";
            case UNUSED -> "used.last_at <= :before";
            case OVERDUE -> "coalesce(f.made_at, case when k.secret_ended_at is null then coalesce(k.rotated_at, k.created_at) end) <= :before";
        };
        return jdbc.sql(COLUMNS + """
                         cross join lateral (select greatest(k.last_used_at, max(e.last_used_at)) as last_at from quota.former_secret e
                                              where e.tenant_id = k.tenant_id and e.key_id = k.id) used
                         where k.moved_at is null and k.revoked_at is null and (k.expires_at is null or k.expires_at > :now)
                           and (:tenant::uuid is null or k.tenant_id = :tenant::uuid) and (:project::uuid is null or k.project_id = :project::uuid) and\s""" + which + """

                         order by k.created_at, k.id
                         limit :most""")
                .param("tenant", tenant == null ? null : tenant.toString())
                .param("project", project == null ? null : project.toString())
                .param("now", Timestamp.from(now))
                .param("before", Timestamp.from(before))
                .param("most", most)
                .query(KeyTable::key)
                .list();
    }

    Optional<StoredKey> find(TenantId tenant, KeyId key, Instant now) {
        return jdbc.sql(COLUMNS + " where k.tenant_id = :tenant and k.id = :key and k.moved_at is null")
                .param("tenant", tenant.value())
                .param("key", key.value())
                .param("now", Timestamp.from(now))
                .query(KeyTable::key)
                .optional();
    }

    long working(TenantId tenant, ProjectId project, Instant now) {
        return jdbc.sql("""
                        select count(*) from quota.api_key
                         where tenant_id = :tenant and project_id = :project and moved_at is null and revoked_at is null and (expires_at is null or expires_at > :now)""")
                .param("tenant", tenant.value())
                .param("project", project.value())
                .param("now", Timestamp.from(now))
                .query(Long.class)
                .single();
    }

    /** Whether the project is the tenant's now; it then stays so until the running transaction ends. */
    boolean hold(ProjectId project) {
        return jdbc.sql("select quota.hold_project(:project)").param("project", project.value()).query(Boolean.class).single();
    }

    /** With its node in the budget tree, on which limits can stand. */
    void insert(TenantId tenant, ProjectId project, KeyId key, KeySpec spec, KeyText text, Pepper.Proof proof, String by, Instant at) {
        jdbc.sql("insert into quota.node (tenant_id, id, parent_id, kind, name) values (:tenant, :key, :project, 'key', :name)")
                .param("tenant", tenant.value())
                .param("key", key.value())
                .param("project", project.value())
                .param("name", spec.name())
                .update();
        List<KeyOperation> operations = spec.operations();
        Instant expires = spec.expiresAt();
        jdbc.sql("""
                        insert into quota.api_key (tenant_id, id, project_id, name, public_id, pepper_version, hmac, models, operations, networks, purpose, created_by, created_at, expires_at)
                        values (:tenant, :key, :project, :name, :public, :pepper, :hmac, :models::text[], :operations::text[], :networks::text[]::cidr[],
                            :purpose, :by, :at, :expires)""")
                .param("tenant", tenant.value())
                .param("key", key.value())
                .param("project", project.value())
                .param("name", spec.name())
                .param("public", text.publicId())
                .param("pepper", proof.version())
                .param("hmac", proof.hmac())
                .param("models", distinct(spec.models()))
                .param("operations", operations == null ? null : distinct(operations.stream().map(KeyOperation::word).toList()))
                .param("networks", distinct(spec.networks()))
                .param("purpose", spec.purpose())
                .param("by", by)
                .param("at", Timestamp.from(at))
                .param("expires", expires == null ? null : Timestamp.from(expires))
                .update();
    }

    void revoke(TenantId tenant, KeyId key, String by, Instant at) {
        jdbc.sql("""
                        update quota.api_key set revoked_at = :at, revoked_by = :by, version = version + 1
                         where tenant_id = :tenant and id = :key and revoked_at is null""")
                .param("tenant", tenant.value())
                .param("key", key.value())
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Nobody else changes the key until the running transaction ends. */
    void lock(TenantId tenant, KeyId key) {
        jdbc.sql("select id from quota.api_key where tenant_id = :tenant and id = :key and moved_at is null for update")
                .param("tenant", tenant.value())
                .param("key", key.value())
                .query(UUID.class)
                .optional();
    }

    /** Gives it a newest secret; the one that works now goes on until {@code oldEnds}. */
    void rotate(KeyId key, KeyText text, Pepper.Proof proof, String by, Instant at, Instant oldEnds) {
        jdbc.sql("select quota.rotate_key(:key, :public, :pepper, :hmac, :by, :at, :ends)::text")
                .param("key", key.value())
                .param("public", text.publicId())
                .param("pepper", proof.version())
                .param("hmac", proof.hmac())
                .param("by", by)
                .param("at", Timestamp.from(at))
                .param("ends", Timestamp.from(oldEnds))
                .query((row, number) -> Boolean.TRUE)
                .list();
    }

    void endSecret(KeyId key, String publicId, String by, Instant at) {
        jdbc.sql("select quota.end_secret(:key, :public, :by, :at)::text")
                .param("key", key.value())
                .param("public", publicId)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .query((row, number) -> Boolean.TRUE)
                .list();
    }

    /** Whether a secret is or was the key's. */
    boolean hadSecret(TenantId tenant, KeyId key, String publicId) {
        return jdbc.sql("""
                        select exists (select from quota.api_key where tenant_id = :tenant and id = :key and public_id = :public)
                            or exists (select from quota.former_secret where tenant_id = :tenant and key_id = :key and public_id = :public)""")
                .param("tenant", tenant.value())
                .param("key", key.value())
                .param("public", publicId)
                .query(Boolean.class)
                .single();
    }

    private static StoredKey key(ResultSet row, int number) throws SQLException {
        return new StoredKey(
                new KeyId(uuid(row, "id")), new TenantId(uuid(row, "tenant_id")), text(row, "tenant_name"), new ProjectId(uuid(row, "project_id")),
                text(row, "project_name"), text(row, "name"), text(row, "public_id"), text(row, "created_by"),
                Objects.requireNonNull(Timestamps.find(row, "created_at")), Timestamps.find(row, "expires_at"), Timestamps.find(row, "revoked_at"), row.getString("revoked_by"),
                Timestamps.find(row, "last_used_at"), words(row.getArray("models")),
                words(row.getArray("operations")), words(row.getArray("networks")), row.getString("purpose"), secrets(row));
    }

    /** Those that are not over, the newest first: two at most. */
    private static List<StoredSecret> secrets(ResultSet row) throws SQLException {
        List<StoredSecret> secrets = new ArrayList<>();
        if (Timestamps.find(row, "secret_ended_at") == null) {
            secrets.add(new StoredSecret(text(row, "public_id"), Timestamps.read(row, "secret_made_at"), null, Timestamps.find(row, "secret_last_used_at")));
        }
        if (row.getString("former_public_id") != null) {
            secrets.add(new StoredSecret(
                    text(row, "former_public_id"), Timestamps.read(row, "former_made_at"), Timestamps.read(row, "former_ends_at"),
                    Timestamps.find(row, "former_last_used_at")));
        }
        return secrets;
    }

    private static @Nullable List<String> words(@Nullable Array array) throws SQLException {
        return array == null ? null : List.of((String[]) array.getArray());
    }

    private static String @Nullable [] distinct(@Nullable List<String> words) {
        return words == null ? null : words.stream().distinct().toArray(String[]::new);
    }
}
