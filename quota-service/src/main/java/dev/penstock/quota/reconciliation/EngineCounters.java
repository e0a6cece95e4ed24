package dev.penstock.quota.reconciliation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an engine has counted since its process began, as it says on {@code /metrics}.
 *
 * @param startedAt of the process; null: it does not say
 * @param idle whether it says that nothing runs and nothing waits
 */
record EngineCounters(@Nullable Instant startedAt, Amount counted, boolean idle) {

    private static final String PROMPT = "vllm:prompt_tokens_total";
    private static final String GENERATION = "vllm:generation_tokens_total";
    private static final String RUNNING = "vllm:num_requests_running";
    private static final String WAITING = "vllm:num_requests_waiting";
    private static final String STARTED = "process_start_time_seconds";
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_:]+)(?:\\{[^\\n]*\\})? (\\S+)(?: \\d+)?$");
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 53);

    /** It did not say what it should, or something that cannot be. */
    static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /**
     * Reads the text format of Prometheus. A counter that stands there several times, for several models or ranks, is their sum; one that is not
     * there yet has counted nothing.
     *
     * @throws Unreadable if nothing of it is vLLM's
     */
    static EngineCounters parse(String text) {
        Map<String, BigDecimal> sums = new HashMap<>();
        Matcher sample = SAMPLE.matcher(text);
        while (sample.find()) {
            switch (sample.group(1)) {
                case PROMPT, GENERATION, RUNNING, WAITING, STARTED -> sums.merge(sample.group(1), number(sample), BigDecimal::add);
                default -> {
                    // Of no interest here.
                }
            }
        }
        if (!sums.containsKey(RUNNING) && !sums.containsKey(PROMPT)) {
            throw new Unreadable("it told no counters of vLLM");
        }
        return new EngineCounters(
                startedAt(sums.get(STARTED)), new Amount(tokens(sums, PROMPT), tokens(sums, GENERATION)), tokens(sums, RUNNING) + tokens(sums, WAITING) == 0);
    }

    private static BigDecimal number(Matcher sample) {
        try {
            return new BigDecimal(sample.group(2));
        } catch (NumberFormatException e) {
            throw new Unreadable(sample.group(1) + " is " + sample.group(2));
        }
    }

    private static long tokens(Map<String, BigDecimal> sums, String name) {
        BigDecimal number = sums.getOrDefault(name, BigDecimal.ZERO);
        if (number.signum() < 0 || number.compareTo(MOST) > 0 || number.stripTrailingZeros().scale() > 0) {
            throw new Unreadable(name + " is " + number);
        }
        return number.longValueExact();
    }

    private static @Nullable Instant startedAt(@Nullable BigDecimal seconds) {
        if (seconds == null) {
            return null;
        }
        if (seconds.signum() <= 0 || seconds.compareTo(MOST) > 0) {
            throw new Unreadable(STARTED + " is " + seconds);
        }
        return Instant.ofEpochMilli(seconds.movePointRight(3).setScale(0, RoundingMode.DOWN).longValueExact());
    }
}
