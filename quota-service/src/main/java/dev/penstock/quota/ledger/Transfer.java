package dev.penstock.quota.ledger;

import java.math.BigInteger;
import java.time.Instant;

/**
 * An amount that one account owes more and another less.
 *
 * @param at when it was used
 * @param amount not negative; nothing is posted for zero
 */
public record Transfer(Account owes, Account isOwed, Instant at, Unit unit, BigInteger amount) {

    public Transfer {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("a transfer of " + amount + " " + unit.code() + "; turn the accounts round");
        }
        if (owes.equals(isOwed)) {
            throw new IllegalArgumentException("a transfer from " + owes.word() + " to itself");
        }
    }
}
