package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.model.fault.UsageLie;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a call of Messages has used, and how that is told, truthfully or not. The three of the prompt do not overlap.
 *
 * @param written kept for calls to come
 */
record MessageTally(long input, long written, long read, long output) {

    private static final long TOO_MANY = 1000;

    ObjectNode told(@Nullable UsageLie lie, int turn) {
        ObjectNode usage = Json.object().put("input_tokens", input).put("cache_creation_input_tokens", written).put("cache_read_input_tokens", read)
                .put("output_tokens", output);
        if (lie != null) {
            distort(usage, lie, turn);
        }
        return usage.put("service_tier", "standard");
    }

    private void distort(ObjectNode usage, UsageLie lie, int turn) {
        switch (lie) {
            case ABSENT, TWICE -> {
                // Not wrong in itself: it is left out or repeated where it is sent.
            }
            case ZERO -> all(usage, BigInteger.ZERO);
            case NEGATIVE -> all(usage, BigInteger.valueOf(-7));
            case HUGE -> all(usage, BigInteger.ONE.shiftLeft(63));
            case OVER -> usage.put("output_tokens", output + TOO_MANY);
            case CHANGING -> usage.put("output_tokens", output + turn);
            case WORDS -> usage.put("input_tokens", "some").put("output_tokens", "many");
            case FRACTION -> usage.put("input_tokens", new BigDecimal("1.5")).put("output_tokens", new BigDecimal("2.5"));
        }
    }

    private static void all(ObjectNode usage, BigInteger number) {
        usage.put("input_tokens", number).put("output_tokens", number);
    }
}
