package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.model.fault.UsageLie;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a call has used, and how that is told, truthfully or not.
 *
 * @param reasoning of the completion
 */
record Tally(long prompt, long cached, long completion, long reasoning) {

    private static final BigInteger TWO_TO_63 = BigInteger.ONE.shiftLeft(63);
    private static final long TOO_MANY = 1000;

    /**
     * The usage as callers see it.
     *
     * @param details whether to tell what was found in the cache
     * @param lie what is wrong with it, null when nothing
     * @param turn how often the call's usage was told before
     */
    ObjectNode told(boolean details, @Nullable UsageLie lie, int turn) {
        ObjectNode usage = Json.object().put("prompt_tokens", prompt).put("total_tokens", prompt + completion)
                .put("completion_tokens", completion);
        if (details && cached > 0) {
            usage.putObject("prompt_tokens_details").put("cached_tokens", cached);
        } else {
            usage.putNull("prompt_tokens_details");
        }
        if (reasoning > 0) {
            usage.putObject("completion_tokens_details").put("reasoning_tokens", reasoning);
        }
        if (lie != null) {
            distort(usage, lie, turn);
        }
        return usage;
    }

    private void distort(ObjectNode usage, UsageLie lie, int turn) {
        switch (lie) {
            case ABSENT, TWICE -> {
                // Not wrong in itself: it is left out or repeated where it is sent.
            }
            case ZERO -> all(usage, BigInteger.ZERO);
            case NEGATIVE -> all(usage, BigInteger.valueOf(-7));
            case HUGE -> all(usage, TWO_TO_63);
            case OVER -> usage.put("completion_tokens", completion + TOO_MANY)
                    .put("total_tokens", prompt + completion + TOO_MANY);
            case CHANGING -> {
                long other = turn % 2 == 0 ? completion + turn + 1 : Math.max(0, completion - turn);
                usage.put("completion_tokens", other).put("total_tokens", prompt + other);
            }
            case WORDS -> usage.put("prompt_tokens", "some").put("completion_tokens", "many").put("total_tokens", "more");
            case FRACTION -> usage.put("prompt_tokens", new BigDecimal("1.5")).put("completion_tokens", new BigDecimal("2.5"))
                    .put("total_tokens", new BigDecimal("4.0"));
        }
    }

    private static void all(ObjectNode usage, BigInteger number) {
        usage.put("prompt_tokens", number).put("completion_tokens", number).put("total_tokens", number);
    }
}
