package dev.penstock.quota.settlement;

import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.ledger.Account;
import dev.penstock.quota.ledger.Entry;
import dev.penstock.quota.ledger.Transfer;
import dev.penstock.quota.ledger.Unit;
import dev.penstock.quota.rating.Tokens;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A batch as entries of the ledger: one for all that callers pay, and one for each attempt of which something is lost. Pure. */
final class Books {

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

    private static List<Transfer> transfers(Account owes, Settled settled, Tokens tokens, BigInteger money) {
        Account upstream = new Account.Upstream(settled.intent().endpoint());
        List<Transfer> transfers = new ArrayList<>(List.of(
                transfer(owes, upstream, settled, Unit.INPUT, tokens.input()),
                transfer(owes, upstream, settled, Unit.CACHE_READ, tokens.cacheRead()),
                transfer(owes, upstream, settled, Unit.CACHE_WRITE, tokens.cacheWrite()),
                transfer(owes, upstream, settled, Unit.OUTPUT, tokens.output())));
        if (!settled.prices().areFree()) {
            transfers.add(new Transfer(owes, REVENUE, settled.intent().ts(), Unit.money(settled.prices().currency()), money));
        }
        return transfers;
    }

    private static Transfer transfer(Account owes, Account upstream, Settled settled, Unit unit, long tokens) {
        return new Transfer(owes, upstream, settled.intent().ts(), unit, BigInteger.valueOf(tokens));
    }
}
