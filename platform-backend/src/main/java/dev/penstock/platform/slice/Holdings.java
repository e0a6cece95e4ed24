package dev.penstock.platform.slice;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is held, over all slices. Numbers only: who holds it is not told. */
@Component
public class Holdings {

    private static final Actor COUNTER = Actor.system("holdings");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;

    Holdings(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** By profile id. */
    public record Count(int held, int waiting) {

        public static final Count NONE = new Count(0, 0);
    }

    /**
     * What a project's namespace must have room for.
     *
     * @param resources of GPUs, by name
     * @param volumes how many; they stay while a slice is suspended or waits again
     * @param volumeGib their sizes together
     */
    public record NeedOfProject(int pods, Map<String, Integer> resources, int volumes, int volumeGib) {

        public NeedOfProject {
            resources = Map.copyOf(resources);
        }
    }

    /** Slices that hold a part and slices that wait for one, by profile id; a profile without any is missing. */
    public Map<String, Count> byProfile() {
        Map<String, Count> counts = new HashMap<>();
        transactions.acrossTenants(Job.RECONCILE, COUNTER, () -> jdbc.sql("""
                        select profile, count(*) filter (where state not in ('QUEUED', 'SUSPENDED') or holds_room) as held,
                               count(*) filter (where state = 'QUEUED' and not holds_room) as waiting
                          from platform.slice where ended_at is null group by profile""")
                .query((row, number) -> counts.put(SliceRow.text(row, "profile"), new Count(row.getInt("held"), row.getInt("waiting"))))
                .list());
        return counts;
    }

    /** What is held of each kind of part, of all tenants; a kind of which nothing is held is missing. */
    public Map<PartKind, List<Room.Held>> byKind() {
        Map<PartKind, List<Room.Held>> held = new HashMap<>();
        transactions.acrossTenants(Job.RECONCILE, COUNTER, () -> jdbc.sql("""
                        select f.node_product, f.kind, f.resource, f.replicas, s.tenant_id, s.node, coalesce(s.cluster, '') as cluster, (s.vector ->> f.resource)::int as amount
                          from platform.slice s join platform.slice_profile f on f.id = s.profile
                         where s.ended_at is null and (s.state not in ('QUEUED', 'SUSPENDED') or s.holds_room) and s.vector ->> f.resource is not null""")
                .query((row, number) -> held.computeIfAbsent(
                                new PartKind(
                                        SliceRow.text(row, "node_product"), Kind.valueOf(SliceRow.text(row, "kind")), SliceRow.text(row, "resource"), row.getInt("replicas")),
                                kind -> new ArrayList<>())
                        .add(held(row, number)))
                .list());
        return held;
    }

    /**
     * What is held of one kind of part, of all tenants. For use within a transaction. Where nobody shares a GPU it does not matter who holds what, so what
     * lies on one node is one sum. It may fit nowhere else as a whole, when its node is away: then there is room to be seen that is not there.
     *
     * @param except a slice that is not counted
     */
    List<Room.Held> of(PartKind kind, SliceKey except) {
        return jdbc.sql("""
                        select (array_agg(tenant_id))[1] as tenant_id, node, cluster, sum(amount)::int as amount
                          from (select s.tenant_id, s.id, s.node, coalesce(s.cluster, '') as cluster, (s.vector ->> :resource)::int as amount
                                  from platform.slice s join platform.slice_profile f on f.id = s.profile
                                 where f.node_product = :product and f.kind = :kind and f.resource = :resource and f.replicas = :replicas
                                   and s.state not in ('RELEASED', 'EXPIRED', 'FAILED') and (s.state not in ('QUEUED', 'SUSPENDED') or s.holds_room)
                                   and s.vector ->> :resource is not null and not (s.tenant_id = :tenant and s.id = :id)) held
                         group by node, cluster, case when node is null then id end, case when :shared or node is null then tenant_id end""")
                .param("product", kind.nodeProduct())
                .param("kind", kind.kind().name())
                .param("resource", kind.resource())
                .param("replicas", kind.replicas())
                .param("shared", kind.kind().shares())
                .param("tenant", except.tenant().value())
                .param("id", except.slice().value())
                .query(Holdings::held)
                .list();
    }

    private static Room.Held held(ResultSet row, int number) throws SQLException {
        return new Room.Held(new TenantId(SliceRow.uuid(row, "tenant_id")), row.getString("node"), row.getInt("amount"), row.getString("cluster"));
    }

    /** Parts that the tenant's slices hold and wait for, by profile id; a profile without any is missing. */
    public Map<String, Count> byProfile(TenantId tenant) {
        Map<String, Count> counts = new HashMap<>();
        transactions.inTenant(Job.RECONCILE, COUNTER, tenant, () -> jdbc.sql("""
                        select s.profile, coalesce(sum((s.vector ->> f.resource)::int) filter (where s.state not in ('QUEUED', 'SUSPENDED') or s.holds_room), 0) as held,
                               coalesce(sum((s.vector ->> f.resource)::int) filter (where s.state = 'QUEUED' and not s.holds_room), 0) as waiting
                          from platform.slice s join platform.slice_profile f on f.id = s.profile
                         where s.tenant_id = :tenant and s.ended_at is null group by s.profile""")
                .param("tenant", tenant.value())
                .query((row, number) -> counts.put(SliceRow.text(row, "profile"), new Count(row.getInt("held"), row.getInt("waiting"))))
                .list());
        return counts;
    }

    /**
     * What the project's slices hold in a cluster from RESERVED to DRAINING.
     *
     * @param except a slice that no longer counts, because its pod is gone
     */
    public NeedOfProject ofProject(TenantId tenant, ProjectId project, String cluster, @Nullable SliceKey except) {
        return transactions.inTenant(Job.RECONCILE, COUNTER, tenant, () -> {
            Map<String, Integer> resources = new TreeMap<>();
            jdbc.sql("""
                            select v.key as resource, sum(v.value::int)::int as count
                              from platform.slice s cross join lateral jsonb_each_text(s.vector) v
                             where s.tenant_id = :tenant and s.project_id = :project and coalesce(s.cluster, '') = :cluster and s.ended_at is null and s.state not in ('QUEUED', 'SUSPENDED')
                               and (:except::uuid is null or s.id <> :except::uuid)
                             group by v.key""")
                    .param("tenant", tenant.value())
                    .param("project", project.value())
                    .param("cluster", cluster)
                    .param("except", except == null ? null : except.slice().toString())
                    .query((row, number) -> resources.put(SliceRow.text(row, "resource"), row.getInt("count")))
                    .list();
            int pods = jdbc.sql("""
                            select count(*)::int from platform.slice s
                             where s.tenant_id = :tenant and s.project_id = :project and coalesce(s.cluster, '') = :cluster and s.ended_at is null and s.state not in ('QUEUED', 'SUSPENDED')
                               and (:except::uuid is null or s.id <> :except::uuid)""")
                    .param("tenant", tenant.value())
                    .param("project", project.value())
                    .param("cluster", cluster)
                    .param("except", except == null ? null : except.slice().toString())
                    .query(Integer.class)
                    .single();
            return jdbc.sql("""
                            select count(*)::int as volumes, coalesce(sum((s.workspace ->> 'volumeGib')::int), 0)::int as gib from platform.slice s
                             where s.tenant_id = :tenant and s.project_id = :project and coalesce(s.cluster, '') = :cluster and s.ended_at is null and s.workspace is not null
                               and (s.state <> 'QUEUED' or s.phase > 1)
                               and (:except::uuid is null or s.id <> :except::uuid or s.ending in ('QUEUED', 'SUSPENDED'))""")
                    .param("tenant", tenant.value())
                    .param("project", project.value())
                    .param("cluster", cluster)
                    .param("except", except == null ? null : except.slice().toString())
                    .query((row, number) -> new NeedOfProject(pods, resources, row.getInt("volumes"), row.getInt("gib")))
                    .single();
        });
    }
}
