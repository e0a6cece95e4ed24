package dev.penstock.quota.admission;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.math.BigInteger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit on calls.
 *
 * @param node of the budget tree on which it stands: the tenant's, a project's or a key's
 * @param owner name of that node
 * @param amount null: unlimited; its use is counted all the same, since somebody may set an amount
 */
record CallRule(LimitId id, Verdict.Level level, UUID node, String owner, Meter meter, Window window, @Nullable BigInteger amount) {

    CallRule {
        if (!meter.countsCalls()) {
            throw new IllegalArgumentException("not a limit on calls: " + meter);
        }
    }

    /**
     * What an attempt asks of it. A call that is tried again is counted as a request once.
     *
     * @param attempt its number
     * @param cost the most it can cost
     */
    BigInteger asked(int attempt, Ask.Bound bound, BigInteger cost) {
        return switch (meter) {
            case REQUESTS -> attempt == 0 ? BigInteger.ONE : BigInteger.ZERO;
            case CONCURRENCY -> BigInteger.ONE;
            case TOKENS_INPUT -> BigInteger.valueOf(bound.inputTokens());
            case TOKENS_OUTPUT -> BigInteger.valueOf(bound.outputTokens());
            case TOKENS -> BigInteger.valueOf(bound.inputTokens()).add(BigInteger.valueOf(bound.outputTokens()));
            case MONEY -> cost;
            case SLICES, GPU_TIME -> throw new IllegalStateException("not a limit on calls: " + meter);
        };
    }

    /** Whether what is asked is final at once: a request that was admitted was made, whatever becomes of it. */
    boolean settlesAtOnce() {
        return meter == Meter.REQUESTS;
    }
}
