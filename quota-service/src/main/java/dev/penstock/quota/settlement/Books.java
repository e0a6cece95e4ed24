package dev.penstock.quota.settlement;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.journal.Attempt;
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
import java.util.List;

/** A batch as entries of the ledger: one for all that callers pay, and one for each attempt of which something is lost. Pure. */
final class Books {

    /** The cause of a correction: the attempt's day was archived when its end was told. */
    static final String ARCHIVED = "archived-day";

    private static final Account REVENUE = new Account.Revenue();
    private static final Account LOSS = new Account.PlatformLoss();

    private Books() {}

    static List<Entry> of(List<Settled> batch) {
        List<Entry> entries = new ArrayList<>();
        List<Transfer> paid = new ArrayList<>();
        for (Settled settled : batch) {
            Charge charge = settled.charge();
            paid.addAll(transfers(new Account.Caller(settled.intent().project()), settled, charge.paid(), charge.cost()));
            List<Transfer> lost = transfers(LOSS, settled, charge.lost(), charge.worth());
            if (!charge.lost().equals(Tokens.NONE)) {
                Attempt attempt = settled.intent().attempt();
                entries.add(new Entry.Loss(attempt.call(), attempt.number(), settled.lossCause(), lost));
            }
        }
        entries.addFirst(new Entry.Calls(paid));
        return entries;
    }

    /** Of one that was told late, booked as {@code row}: as any other's, and in the present. */
    static List<Entry> of(LateTable.Late late, UsageRow row, TokenPrices prices) {
        Attempt attempt = late.attempt();
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry.Correction(
                attempt.call(), attempt.number(), ARCHIVED,
                transfers(new Account.Caller(row.project()), row.endpoint(), row.ts(), prices, row.tokens(), row.cost())));
        if (!late.lost().equals(Tokens.NONE)) {
            entries.add(new Entry.Loss(
                    attempt.call(), attempt.number(), late.lostCause(), transfers(LOSS, row.endpoint(), row.ts(), prices, late.lost(), late.lostCost())));
        }
        return entries;
    }

    private static List<Transfer> transfers(Account owes, Settled settled, Tokens tokens, BigInteger money) {
        return transfers(owes, settled.intent().endpoint(), settled.intent().ts(), settled.prices(), tokens, money);
    }

    private static List<Transfer> transfers(Account owes, EndpointId endpoint, Instant at, TokenPrices prices, Tokens tokens, BigInteger money) {
        Account upstream = new Account.Upstream(endpoint);
        List<Transfer> transfers = new ArrayList<>(List.of(
                transfer(owes, upstream, at, Unit.INPUT, tokens.input()),
                transfer(owes, upstream, at, Unit.CACHE_READ, tokens.cacheRead()),
                transfer(owes, upstream, at, Unit.CACHE_WRITE, tokens.cacheWrite()),
                transfer(owes, upstream, at, Unit.OUTPUT, tokens.output())));
        if (!prices.areFree()) {
            transfers.add(new Transfer(owes, REVENUE, at, Unit.money(prices.currency()), money));
        }
        return transfers;
    }

    private static Transfer transfer(Account owes, Account upstream, Instant at, Unit unit, long tokens) {
        return new Transfer(owes, upstream, at, unit, BigInteger.valueOf(tokens));
    }
}
