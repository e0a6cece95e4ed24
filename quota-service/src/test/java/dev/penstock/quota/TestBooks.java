package dev.penstock.quota;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.ledger.Account;
import dev.penstock.quota.ledger.Entry;
import dev.penstock.quota.ledger.Ledger;
import dev.penstock.quota.ledger.Transfer;
import dev.penstock.quota.ledger.Unit;
import dev.penstock.quota.rating.PriceBooks;
import dev.penstock.quota.rating.TokenPrices;
import dev.penstock.quota.rating.Tokens;
import dev.penstock.quota.usage.UsageRow;
import dev.penstock.quota.usage.UsageRows;
import dev.penstock.quota.usage.UsageWords;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Price books and calls of the years 2019 to 2021, written by the program's own classes as settlement does. No other test is about those years. */
public final class TestBooks {

    public static final EndpointId ENDPOINT = new EndpointId(new UUID(5, 5));

    private static final Actor SETTLER = Actor.system("settler");
    private static final RunningService SERVICE = RunningService.get();

    private TestBooks() {}

    /**
     * @param person by whom, if not by a key
     * @param shared false: at a dedicated endpoint, where tokens cost nothing
     */
    public record Call(
            CallId id, int attempt, Instant at, TenantId tenant, ProjectId project, @Nullable KeyId key, @Nullable String person, String model, String sku,
            boolean shared, int status, boolean estimated, Tokens tokens) {}

    /** The days of those years, once. */
    public static void openThePast() {
        SERVICE.execute("""
                create table if not exists quota.usage_of_the_past partition of quota.usage
                for values from ('2019-01-01 00:00+00') to ('2022-01-01 00:00+00')""");
    }

    /** A book that began in the past, which nobody can make. */
    public static int book(Instant from, Map<BilledMeter, Long> prices, String... skus) {
        String version = SERVICE.column("""
                insert into quota.price_book (version, currency, effective_from, made_by, made_at)
                select coalesce(max(version), 0) + 1, 'EUR', '%1$s', 'finance', '%1$s' from quota.price_book returning version""".formatted(from)).getFirst();
        for (String sku : skus) {
            prices.forEach((meter, price) -> SERVICE.execute("insert into quota.price values (%s, '%s', '%s', %d)".formatted(version, sku, meter, price)));
        }
        return Integer.parseInt(version);
    }

    public static KeyId key(TestTenant tenant, ProjectId project, String name) {
        KeyId key = new KeyId(UUID.randomUUID());
        SERVICE.execute("insert into quota.node (tenant_id, id, parent_id, kind, name) values ('%s', '%s', '%s', 'key', '%s')".formatted(tenant.id(), key, project, name));
        return key;
    }

    /** A UUIDv7 of that millisecond. */
    public static CallId callAt(Instant at, Random random) {
        return new CallId(new UUID(at.toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000), random.nextLong() >>> 2 | 0x8000_0000_0000_0000L));
    }

    /** What the call cost. */
    public static BigInteger settle(Call call) {
        return settle(List.of(call)).getFirst();
    }

    /** In one transaction, of one tenant; what each cost. */
    public static List<BigInteger> settle(List<Call> calls) {
        TenantId tenant = calls.getFirst().tenant();
        return SERVICE.bean(JobTransactions.class).inTenant(Job.SETTLE, SETTLER, tenant, () -> {
            List<UsageRow> rows = new ArrayList<>();
            List<Transfer> transfers = new ArrayList<>();
            for (Call call : calls) {
                UsageRow row = row(call);
                rows.add(row);
                transfers.addAll(transfers(call, row));
            }
            SERVICE.bean(UsageRows.class).add(tenant, rows);
            SERVICE.bean(Ledger.class).book(tenant, List.of(new Entry.Calls(transfers)));
            return rows.stream().map(UsageRow::cost).toList();
        });
    }

    private static UsageRow row(Call call) {
        UsageWords words = SERVICE.bean(UsageWords.class);
        int model = words.model(call.tenant(), new UsageWords.Model(ENDPOINT, call.model(), call.sku(), null));
        Integer person = call.person() == null ? null : words.person(call.tenant(), call.person());
        TokenPrices prices = call.shared() ? SERVICE.bean(PriceBooks.class).tokens(call.sku(), call.at(), true).orElseThrow() : TokenPrices.FREE;
        return new UsageRow(
                call.id(), call.attempt(), call.at(), call.project(), call.key(), person, ENDPOINT, 0, model, 1, prices.version(), call.status(),
                call.estimated(), call.tokens(), 0, prices.cost(call.tokens()), 10, null);
    }

    private static List<Transfer> transfers(Call call, UsageRow row) {
        Account caller = new Account.Caller(call.project());
        Account upstream = new Account.Upstream(ENDPOINT);
        return List.of(
                new Transfer(caller, new Account.Revenue(), call.at(), Unit.money("EUR"), row.cost()),
                new Transfer(caller, upstream, call.at(), Unit.INPUT, BigInteger.valueOf(call.tokens().input())),
                new Transfer(caller, upstream, call.at(), Unit.CACHE_READ, BigInteger.valueOf(call.tokens().cacheRead())),
                new Transfer(caller, upstream, call.at(), Unit.CACHE_WRITE, BigInteger.valueOf(call.tokens().cacheWrite())),
                new Transfer(caller, upstream, call.at(), Unit.OUTPUT, BigInteger.valueOf(call.tokens().output())));
    }
}
