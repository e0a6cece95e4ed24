package dev.penstock.quota.reservation;

import static dev.penstock.frame.jobs.Required.text;

import dev.penstock.contract.TenantId;
import dev.penstock.quota.calendar.TenantCalendar;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * One at a time per tenant, over all replicas: whoever reserves, releases, books time, sets a limit or registers.
 *
 * <p>Why a lock, when every grant of quota is guarded by its own statement: a limit that is set while a reservation is under way would count
 * from nothing and miss it.
 *
 * <pre>
 * T1 reserve: reads the limits, sees none on the project
 * T2 put:     sets a limit of 1 on the project, counts what is held: nothing
 * T1 reserve: commits; the project holds 1, its limit says 0, and one more fits
 * </pre>
 *
 * <p>A tenant's slices come and go by the minute, so nobody waits for long; calls through the gateway only share it.
 */
@Component
public class TenantLock {

    private final JdbcClient jdbc;

    TenantLock(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Waits for the lock, also of a tenant that does not exist yet. It is given back when the running transaction ends. */
    public void take(TenantId tenant) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('quota.tenant ' || :tenant, 0))::text")
                .param("tenant", tenant.toString())
                .query((row, number) -> Boolean.TRUE)
                .list();
    }

    /**
     * Keeps out whoever takes the lock, and nobody who shares it: calls that are admitted and settled move the same limits at the same time, each
     * guarded by its own statement, and only must not miss that a limit is set, removed or counted anew.
     */
    public void share(TenantId tenant) {
        jdbc.sql("select pg_advisory_xact_lock_shared(hashtextextended('quota.tenant ' || :tenant, 0))::text")
                .param("tenant", tenant.toString())
                .query((row, number) -> Boolean.TRUE)
                .list();
    }

    /** Waits for the lock and reads the tenant; empty if none of that id is registered. */
    public Optional<LockedTenant> takeRegistered(TenantId tenant) {
        take(tenant);
        return jdbc.sql("select name, time_zone from quota.tenant where tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query((row, number) -> new LockedTenant(
                        tenant,
                        text(row, "name"),
                        new TenantCalendar(ZoneId.of(text(row, "time_zone")))))
                .optional();
    }
}
