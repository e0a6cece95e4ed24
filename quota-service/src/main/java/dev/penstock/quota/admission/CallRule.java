package dev.penstock.quota.admission;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit on calls.
 *
 * @param node of the budget tree on which it stands: the tenant's, a project's, a key's, or a person's in a project
 * @param owner name of that node; of a person, the subject of their sign-in
 * @param models the only ones it counts, as callers name them; null: all
 * @param amount null: unlimited; its use is counted all the same, since somebody may set an amount
 * @param hard false: it refuses nothing; its use is counted, and others warn of it
 */
record CallRule(
        LimitId id, Verdict.Level level, UUID node, String owner, Meter meter, @Nullable List<String> models, Window window, @Nullable BigInteger amount,
        boolean hard) {

    CallRule {
        models = models == null ? null : List.copyOf(models);
        if (!meter.countsCalls()) {
            throw new IllegalArgumentException("not a limit on calls: " + meter);
        }
    }

    /** Whether calls of this model count; whose they are was asked when the rules were read. */
    boolean counts(String model) {
        return models == null || models.contains(model);
    }

    /** Beyond what it refuses; null: it refuses nothing. */
    @Nullable BigInteger cap() {
        return hard ? amount : null;
    }

    /** With the amount beyond which it refuses, as it was read a moment ago. */
    CallRule of(BigInteger present) {
        return new CallRule(id, level, node, owner, meter, models, window, present, true);
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
