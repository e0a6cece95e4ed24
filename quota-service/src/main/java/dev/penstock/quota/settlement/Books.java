package dev.penstock.quota.settlement;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.ledger.Account;
import dev.penstock.quota.ledger.Entry;
import dev.penstock.quota.ledger.Transfer;
import dev.penstock.quota.ledger.Unit;
import dev.penstock.quota.rating.TokenPrices;
import dev.penstock.quota.rating.Tokens;
import dev.penstock.quota.usage.UsageRow;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A batch as entries of the ledger: one for all that callers pay, and one for each attempt of which something is lost. Pure. */
final class Books {

    /** The cause of a correction: the attempt's day was archived when its end was told. */
    static final String ARCHIVED = "archived-day";

    private static final Account REVENUE = new Account.Revenue();
    private static final Account LOSS = new Account.PlatformLoss();

    private Books() {}

    /** What is booked alike: by one project for one endpoint's work, in one bucket, in one currency; none: it is free. */
    private record Line(ProjectId project, EndpointId endpoint, Instant bucket, @Nullable String currency) {

        static Line of(Settled settled) {
            Intent intent = settled.intent();
            return new Line(intent.project(), intent.endpoint(), Entry.bucket(intent.ts()), currencyOf(settled.prices()));
        }
    }

    private record Use(BigInteger input, BigInteger cacheRead, BigInteger cacheWrite, BigInteger output, BigInteger money) {

        static Use of(Tokens tokens, BigInteger money) {
            return new Use(
                    BigInteger.valueOf(tokens.input()), BigInteger.valueOf(tokens.cacheRead()), BigInteger.valueOf(tokens.cacheWrite()), BigInteger.valueOf(tokens.output()),
                    money);
        }

        Use plus(Use other) {
            return new Use(
                    input.add(other.input), cacheRead.add(other.cacheRead), cacheWrite.add(other.cacheWrite), output.add(other.output), money.add(other.money));
        }
    }

    static List<Entry> of(List<Settled> batch) {
        List<Entry> entries = new ArrayList<>();
        // Added up before there are transfers: a batch has a thousand attempts and a few lines.
        Map<Line, Use> paid = new LinkedHashMap<>();
        for (Settled settled : batch) {
            Charge charge = settled.charge();
            paid.merge(Line.of(settled), Use.of(charge.paid(), charge.cost()), Use::plus);
            if (!charge.lost().equals(Tokens.NONE)) {
                Intent intent = settled.intent();
                entries.add(new Entry.Loss(
                        intent.attempt().call(), intent.attempt().number(), settled.lossCause(),
                        transfers(LOSS, intent.endpoint(), intent.ts(), currencyOf(settled.prices()), Use.of(charge.lost(), charge.worth()))));
            }
        }
        entries.addFirst(new Entry.Calls(paid.entrySet().stream().flatMap(sum -> transfers(sum.getKey(), sum.getValue()).stream()).toList()));
        return entries;
    }

    /** Of one that was told late, booked as {@code row}: as any other's, and in the present. */
    static List<Entry> of(LateTable.Late late, UsageRow row, TokenPrices prices) {
        Attempt attempt = late.attempt();
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry.Correction(
                attempt.call(), attempt.number(), ARCHIVED,
                transfers(new Account.Caller(row.project()), row.endpoint(), row.ts(), currencyOf(prices), Use.of(row.tokens(), row.cost()))));
        if (!late.lost().equals(Tokens.NONE)) {
            entries.add(new Entry.Loss(
                    attempt.call(), attempt.number(), late.lostCause(),
                    transfers(LOSS, row.endpoint(), row.ts(), currencyOf(prices), Use.of(late.lost(), late.lostCost()))));
        }
        return entries;
    }

    private static List<Transfer> transfers(Line line, Use use) {
        return transfers(new Account.Caller(line.project()), line.endpoint(), line.bucket(), line.currency(), use);
    }

    private static List<Transfer> transfers(Account owes, EndpointId endpoint, Instant at, @Nullable String currency, Use use) {
        Account upstream = new Account.Upstream(endpoint);
        List<Transfer> transfers = new ArrayList<>(List.of(
                new Transfer(owes, upstream, at, Unit.INPUT, use.input()),
                new Transfer(owes, upstream, at, Unit.CACHE_READ, use.cacheRead()),
                new Transfer(owes, upstream, at, Unit.CACHE_WRITE, use.cacheWrite()),
                new Transfer(owes, upstream, at, Unit.OUTPUT, use.output())));
        if (currency != null) {
            transfers.add(new Transfer(owes, REVENUE, at, Unit.money(currency), use.money()));
        }
        return transfers;
    }

    private static @Nullable String currencyOf(TokenPrices prices) {
        return prices.areFree() ? null : prices.currency();
    }
}
