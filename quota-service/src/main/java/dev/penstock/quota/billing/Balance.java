package dev.penstock.quota.billing;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.BilledMeter;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether three say the same, to the last unit: the lines of a statement, what each row says it cost, and the projects' accounts in the ledger, in
 * money and in tokens of each kind. They are written by the same transactions and never changed, so a difference is a mistake of ours or
 * somebody's hand in the database. Pure.
 */
final class Balance {

    /** What a project owes in one unit: a currency's code, or a kind of tokens. */
    record Owed(ProjectId project, String unit) {}

    private Balance() {}

    /** @param accounts what the ledger says; amounts of zero may be left out */
    static boolean holds(String currency, List<LineSum> lines, List<RowGroup> rows, Map<Owed, BigInteger> accounts) {
        BigInteger byLines = lines.stream().map(LineSum::exact).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger byRows = rows.stream().map(RowGroup::cost).reduce(BigInteger.ZERO, BigInteger::add);
        return byLines.equals(byRows) && owed(currency, rows).equals(withoutZeros(accounts));
    }

    private static Map<Owed, BigInteger> owed(String currency, List<RowGroup> rows) {
        Map<Owed, BigInteger> owed = new HashMap<>();
        for (RowGroup group : rows) {
            owed.merge(new Owed(group.project(), currency), group.cost(), BigInteger::add);
            group.counts().forEach((meter, count) -> {
                if (meter != BilledMeter.SLICE_SECOND) {
                    owed.merge(new Owed(group.project(), unit(meter)), count.quantity(), BigInteger::add);
                }
            });
        }
        return withoutZeros(owed);
    }

    private static String unit(BilledMeter meter) {
        return switch (meter) {
            case INPUT -> "input";
            case CACHE_READ -> "cache-read";
            case CACHE_WRITE -> "cache-write";
            case OUTPUT -> "output";
            case SLICE_SECOND -> throw new IllegalArgumentException("the ledger keeps slice time in money alone");
        };
    }

    private static Map<Owed, BigInteger> withoutZeros(Map<Owed, BigInteger> amounts) {
        Map<Owed, BigInteger> some = new HashMap<>(amounts);
        some.values().removeIf(amount -> amount.signum() == 0);
        return some;
    }
}
