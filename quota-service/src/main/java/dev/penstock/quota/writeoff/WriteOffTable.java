package dev.penstock.quota.writeoff;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.Money;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.WriteOffView.TenantLoss;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.ledger.Account;
import dev.penstock.quota.ledger.Entry;
import dev.penstock.quota.ledger.Transfer;
import dev.penstock.quota.ledger.Unit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Declarations, and what was booked for them. In the running transaction. */
@Component
class WriteOffTable {

    private final JdbcClient jdbc;

    WriteOffTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the transaction ends nobody else declares the journal's replica gone, or takes that back. */
    void lock(UUID journal) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('quota.write_off ' || :journal, 0))::text").param("journal", journal.toString()).query(String.class).optional();
    }

    WriteOff insert(Left left, Actor by, String reason) {
        Instant heardAt = left.heardAt();
        return jdbc.sql("""
                        insert into quota.write_off (replica, journal, epoch, heard_at, attempts, made_by, reason)
                        values (:replica, :journal, :epoch, :heardAt, :attempts, :by, :reason)
                        returning *""")
                .param("replica", left.replica())
                .param("journal", left.journal())
                .param("epoch", left.epoch())
                .param("heardAt", heardAt == null ? null : Timestamps.column(heardAt), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("attempts", left.attempts())
                .param("by", by.name())
                .param("reason", reason)
                .query((row, number) -> writeOff(row))
                .single();
    }

    /** From here on they are in force no longer. */
    List<WriteOff> end(UUID journal) {
        return jdbc.sql("update quota.write_off set reversed_at = clock_timestamp() where journal = :journal and reversed_at is null returning *")
                .param("journal", journal)
                .query((row, number) -> writeOff(row))
                .list();
    }

    /** In the order of their ids. */
    List<TenantId> tenants(WriteOff off) {
        return jdbc.sql("select distinct tenant_id from quota.entry where write_off_id = :id and kind = 'written-off' order by 1")
                .param("id", off.id())
                .query((row, number) -> new TenantId(uuid(row, "tenant_id")))
                .list();
    }

    /** Of one tenant or, for who sees them, of all. */
    List<TenantLoss> losses(WriteOff off) {
        return jdbc.sql("""
                        select e.tenant_id, p.unit, p.amount
                          from quota.entry e join quota.posting p on p.tenant_id = e.tenant_id and p.entry_id = e.id and p.account = 'platform-loss'
                         where e.write_off_id = :id and e.kind = 'written-off' order by 1, 2""")
                .param("id", off.id())
                .query((row, number) -> new TenantLoss(new TenantId(uuid(row, "tenant_id")), new Money(row.getBigDecimal("amount").toBigIntegerExact(), text(row, "unit"))))
                .list();
    }

    /** What takes it back of one tenant, in the 15 minutes in which it was booked, so that it is nothing in every month. */
    Entry.WrittenBack reverse(TenantId tenant, WriteOff off) {
        return new Entry.WrittenBack(off.id(), jdbc.sql("""
                        select p.unit, p.bucket, p.amount
                          from quota.entry e join quota.posting p on p.tenant_id = e.tenant_id and p.entry_id = e.id and p.account = 'platform-loss'
                         where e.tenant_id = :tenant and e.write_off_id = :id and e.kind = 'written-off' order by 1""")
                .param("tenant", tenant.value())
                .param("id", off.id())
                .query((row, number) -> new Transfer(
                        new Account.Revenue(), new Account.PlatformLoss(), Timestamps.read(row, "bucket"), Unit.money(text(row, "unit")),
                        row.getBigDecimal("amount").toBigIntegerExact()))
                .list());
    }

    private static WriteOff writeOff(ResultSet row) throws SQLException {
        return new WriteOff(
                uuid(row, "id"), text(row, "replica"), uuid(row, "journal"), row.getLong("epoch"), Timestamps.find(row, "heard_at"), row.getLong("attempts"),
                Timestamps.read(row, "made_at"), text(row, "made_by"), text(row, "reason"));
    }
}
