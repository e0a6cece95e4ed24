package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.TokenBounds;
import dev.penstock.quota.journal.Counts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is counted of one operation. Its meters are found once: a registry takes longer to find one than the rest of counting. */
final class OperationMetrics {

    /** From what people do not notice to what they do not wait for. The same for all, so that they can be compared. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2_500),
        Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5)
    };

    private final MeterRegistry registry;
    private final String operation;
    /** By status. Bounded by the statuses that there are: each is of our own choosing. */
    private final Map<Integer, Timer> calls = new ConcurrentHashMap<>();
    private final @Nullable OfModel ofModel;

    /** What only a call to a model has. */
    private record OfModel(Timer firstByte, Counter input, Counter cached, Counter output) {}

    private OperationMetrics(MeterRegistry registry, String operation, @Nullable OfModel ofModel) {
        this.registry = registry;
        this.operation = operation;
        this.ofModel = ofModel;
    }

    static OperationMetrics of(MeterRegistry registry, String operation) {
        return new OperationMetrics(registry, operation, null);
    }

    static OperationMetrics ofModel(MeterRegistry registry, String operation) {
        Timer firstByte = Timer.builder("penstock.gateway.first.byte")
                .description("From a call's arrival to the first content of a stream")
                .tag("operation", operation)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        return new OperationMetrics(registry, operation, new OfModel(
                firstByte, tokens(registry, operation, "input"), tokens(registry, operation, "cached"), tokens(registry, operation, "output")));
    }

    /** Its word. */
    String operation() {
        return operation;
    }

    void ended(int status, Duration took) {
        calls.computeIfAbsent(status, this::calls).record(took);
    }

    void firstByte(Duration after) {
        if (ofModel != null) {
            ofModel.firstByte().record(after);
        }
    }

    /** Only what an engine told and what can be: an estimate belongs into the books, and nonsense into quarantine. */
    void tokens(Counts counts, TokenBounds bounds) {
        if (ofModel != null && counts instanceof Counts.Read read && possible(read, bounds)) {
            ofModel.input().increment(read.input() + read.cacheWrite());
            ofModel.cached().increment(read.cacheRead());
            ofModel.output().increment(read.output());
        }
    }

    private static boolean possible(Counts.Read read, TokenBounds bounds) {
        return within(read.input(), bounds.input()) && within(read.cacheRead(), bounds.input()) && within(read.cacheWrite(), bounds.input())
                && within(read.output(), bounds.output());
    }

    private static boolean within(long count, long most) {
        return count >= 0 && count <= most;
    }

    private Timer calls(int status) {
        return Timer.builder("penstock.gateway.calls")
                .description("Calls that ended, and how long they took")
                .tags("operation", operation, "status", Integer.toString(status))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static Counter tokens(MeterRegistry registry, String operation, String kind) {
        return Counter.builder("penstock.gateway.tokens")
                .description("Tokens as engines counted them; cached ones are not in the input")
                .baseUnit("tokens")
                .tags("operation", operation, "kind", kind)
                .register(registry);
    }
}
