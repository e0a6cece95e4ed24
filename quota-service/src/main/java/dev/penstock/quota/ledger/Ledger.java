package dev.penstock.quota.ledger;

import dev.penstock.contract.TenantId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes entries, in the running transaction, for the tenant that it works for. */
@Component
public class Ledger {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Books all of them with one statement. An entry whose transfers come to nothing is left out. */
    public void book(TenantId tenant, List<? extends Entry> entries) {
        List<EntryRow> entryRows = new ArrayList<>();
        List<PostingRow> postingRows = new ArrayList<>();
        for (Entry entry : entries) {
            List<Entry.Posting> postings = entry.postings();
            if (!postings.isEmpty()) {
                int number = entryRows.size();
                entryRows.add(EntryRow.of(number, entry));
                for (Entry.Posting posting : postings) {
                    postingRows.add(PostingRow.of(number, postingRows.size() + 1, posting));
                }
            }
        }
        if (!entryRows.isEmpty()) {
            write(tenant, entryRows, postingRows);
        }
    }

    private void write(TenantId tenant, List<EntryRow> entries, List<PostingRow> postings) {
        jdbc.sql("""
                        with given as materialized (
                            select uuidv7() as id, e.*
                              from jsonb_to_recordset(:entries::jsonb) as e(
                                   n int, kind text, "call" uuid, attempt smallint, cause text, slice uuid, phase int, "from" bigint, "writeOff" uuid)),
                        written as (
                            insert into quota.entry (tenant_id, id, kind, call_id, attempt, cause, slice_id, phase, from_second, write_off_id)
                            select :tenant, id, kind, "call", attempt, cause, slice, phase, "from", "writeOff" from given)
                        insert into quota.posting (tenant_id, entry_id, number, account, project_id, endpoint_id, bucket, unit, amount)
                        select :tenant, given.id, p.number, p.account, p.project, p.endpoint, p.bucket, p.unit, p.amount
                          from jsonb_to_recordset(:postings::jsonb) as p(
                               n int, number int, account text, project uuid, endpoint uuid, bucket timestamptz, unit text, amount numeric)
                          join given on given.n = p.n""")
                .param("tenant", tenant.value())
                .param("entries", JSON.writeValueAsString(entries))
                .param("postings", JSON.writeValueAsString(postings))
                .update();
    }

    private record EntryRow(
            int n, String kind, @Nullable UUID call, @Nullable Integer attempt, @Nullable String cause, @Nullable UUID slice, @Nullable Integer phase,
            @Nullable Long from, @Nullable UUID writeOff) {

        static EntryRow of(int number, Entry entry) {
            return switch (entry) {
                case Entry.Calls calls -> new EntryRow(number, "calls", null, null, null, null, null, null, null);
                case Entry.Loss loss -> new EntryRow(number, "loss", loss.call().value(), loss.attempt(), loss.cause(), null, null, null, null);
                case Entry.Found found -> new EntryRow(number, "found", found.call().value(), found.attempt(), found.cause(), null, null, null, null);
                case Entry.Correction late -> new EntryRow(number, "correction", late.call().value(), late.attempt(), late.cause(), null, null, null, null);
                case Entry.SliceTime time -> new EntryRow(number, "slice-time", null, null, null, time.slice().value(), time.phase(), time.fromSecond(), null);
                case Entry.WrittenOff off -> gone(number, "written-off", off.writeOff());
                case Entry.WrittenBack back -> gone(number, "written-back", back.writeOff());
            };
        }

        private static EntryRow gone(int number, String kind, UUID writeOff) {
            return new EntryRow(number, kind, null, null, Entry.REPLICA_GONE, null, null, null, writeOff);
        }
    }

    private record PostingRow(
            int n, int number, String account, @Nullable UUID project, @Nullable UUID endpoint, String bucket, String unit, BigInteger amount) {

        static PostingRow of(int entry, int number, Entry.Posting posting) {
            Account account = posting.account();
            return new PostingRow(
                    entry, number, account.word(),
                    account instanceof Account.Caller caller ? caller.project().value() : null,
                    account instanceof Account.Upstream upstream ? upstream.endpoint().value() : null,
                    posting.bucket().toString(), posting.unit().code(), posting.amount());
        }
    }
}
