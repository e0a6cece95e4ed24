package dev.penstock.platform.share;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.ShareSpec;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Statements on shares, for use within a transaction. */
@Component
class ShareTable {

    private final JdbcClient jdbc;

    ShareTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    ShareSpec find(TenantId tenant) {
        Map<String, Integer> guaranteed = new TreeMap<>();
        jdbc.sql("select profile, count from platform.share_guarantee where tenant_id = :tenant").param("tenant", tenant.value()).query(row -> {
            guaranteed.put(Objects.requireNonNull(row.getString("profile")), row.getInt("count"));
        });
        int weight = jdbc.sql("select weight from platform.share_weight where tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(Integer.class)
                .optional()
                .orElse(1);
        return new ShareSpec(weight, guaranteed);
    }

    /** Whoever changes the same tenant's share waits here. */
    boolean lock(TenantId tenant) {
        return jdbc.sql("select true from platform.tenant where id = :tenant for update")
                .param("tenant", tenant.value())
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    void weigh(TenantId tenant, int weight) {
        jdbc.sql("""
                        insert into platform.share_weight (tenant_id, weight) values (:tenant, :weight)
                        on conflict (tenant_id) do update set weight = excluded.weight""")
                .param("tenant", tenant.value())
                .param("weight", weight)
                .update();
    }

    /**
     * @param count how many from now on; 0: none
     * @param more than before; negative: fewer
     * @return how many are guaranteed to all tenants together now. Whoever changes the same profile's sum waits here.
     */
    int guarantee(TenantId tenant, String profile, int count, int more) {
        jdbc.sql(count == 0
                        ? "delete from platform.share_guarantee where tenant_id = :tenant and profile = :profile"
                        : """
                        insert into platform.share_guarantee (tenant_id, profile, count) values (:tenant, :profile, :count)
                        on conflict (tenant_id, profile) do update set count = excluded.count""")
                .param("tenant", tenant.value())
                .param("profile", profile)
                .param("count", count)
                .update();
        return jdbc.sql("""
                        insert into platform.guaranteed_in_all as a (profile, count) values (:profile, greatest(0, :more))
                        on conflict (profile) do update set count = a.count + :more
                        returning count""")
                .param("profile", profile)
                .param("more", more)
                .query(Integer.class)
                .single();
    }

    Map<String, Integer> inAll() {
        Map<String, Integer> sums = new TreeMap<>();
        jdbc.sql("select profile, count from platform.guaranteed_in_all").query(row -> {
            sums.put(Objects.requireNonNull(row.getString("profile")), row.getInt("count"));
        });
        return sums;
    }
}
