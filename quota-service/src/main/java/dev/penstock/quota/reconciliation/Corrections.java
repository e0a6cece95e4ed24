package dev.penstock.quota.reconciliation;

import dev.penstock.quota.ledger.Account;
import dev.penstock.quota.ledger.Entry;
import dev.penstock.quota.ledger.Transfer;
import dev.penstock.quota.ledger.Unit;
import dev.penstock.quota.rating.TokenPrices;
import dev.penstock.quota.rating.Tokens;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found of an attempt as an entry of the ledger. Pure. Which of the prompt's tokens a cache had nobody knows any more: they are taken for
 * plain input.
 */
final class Corrections {

    /** The cause where the engine counted less than was estimated: it had another before, and this is no further loss. */
    static final String OVERESTIMATED = "overestimated";

    private static final Account REVENUE = new Account.Revenue();
    private static final Account LOSS = new Account.PlatformLoss();

    private Corrections() {}

    static Entry of(OpenEndTable.Found found, TokenPrices prices) {
        List<Transfer> transfers = new ArrayList<>();
        add(transfers, found, prices, Unit.INPUT, found.amount().input());
        add(transfers, found, prices, Unit.OUTPUT, found.amount().output());
        return new Entry.Found(found.call(), found.attempt(), cause(found), transfers);
    }

    static String cause(OpenEndTable.Found found) {
        return found.amount().input() + found.amount().output() < 0 ? OVERESTIMATED : found.cause();
    }

    /** Both what the engine is owed for and what that is worth; turned round where it is less than was booked. */
    private static void add(List<Transfer> transfers, OpenEndTable.Found found, TokenPrices prices, Unit unit, long tokens) {
        Account upstream = new Account.Upstream(found.endpoint());
        long absolute = Math.abs(tokens);
        BigInteger worth = prices.cost(unit.equals(Unit.INPUT) ? new Tokens(absolute, 0, 0, 0) : new Tokens(0, 0, 0, absolute));
        transfers.add(transfer(found, tokens, LOSS, upstream, unit, BigInteger.valueOf(absolute)));
        if (!prices.areFree()) {
            transfers.add(transfer(found, tokens, LOSS, REVENUE, Unit.money(prices.currency()), worth));
        }
    }

    private static Transfer transfer(OpenEndTable.Found found, long sign, Account owes, Account isOwed, Unit unit, BigInteger amount) {
        return sign < 0 ? new Transfer(isOwed, owes, found.ts(), unit, amount) : new Transfer(owes, isOwed, found.ts(), unit, amount);
    }
}
