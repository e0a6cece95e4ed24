package dev.penstock.quota.reconciliation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison at a quiet moment says. Pure.
 *
 * @param kind how it came about
 * @param counted by the engine, since the last comparison or since its process began
 * @param booked in the same time
 * @param explanation of the difference
 * @param unexplained the rest of it
 * @param uncompared booked for an earlier process that was gone before it could be compared; null: there was none
 * @param balance as it is now
 */
record Verdict(
        Kind kind, Amount counted, Amount booked, Explanation explanation, Amount unexplained, @Nullable Amount uncompared, Known.Balance balance) {

    enum Kind {
        /** Counting begins here; what the process did before is taken as it is. */
        BASELINE,
        COMPARED,
        /** Of a process that is gone. */
        REPLACED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The process worked before anybody followed it. */
    static Verdict baseline(EngineCounters now, @Nullable Amount uncompared) {
        return new Verdict(
                Kind.BASELINE, now.counted(), now.counted(), Explanation.NONE, Amount.NONE, uncompared, new Known.Balance(now.counted(), now.counted()));
    }

    /** @param booked of attempts that this process can have worked for */
    static Verdict ofProcess(EngineCounters now, Amount booked, Explanation explanation, @Nullable Amount uncompared) {
        return of(Known.Balance.NONE, now, booked, explanation, uncompared);
    }

    /** @param booked since the last comparison */
    static Verdict since(Known.Balance last, EngineCounters now, Amount booked, Explanation explanation) {
        return of(last, now, booked, explanation, null);
    }

    private static Verdict of(Known.Balance last, EngineCounters now, Amount booked, Explanation explanation, @Nullable Amount uncompared) {
        Amount counted = now.counted().minus(last.counted());
        return new Verdict(
                Kind.COMPARED, counted, booked, explanation, counted.minus(booked).minus(explanation.total()), uncompared,
                new Known.Balance(now.counted(), last.booked().plus(booked).plus(explanation.total())));
    }
}
