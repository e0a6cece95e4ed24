package dev.penstock.frame.outbox;

import dev.penstock.frame.BackOff;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.live.LiveFeed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells another service of each thing, until it confirms. What is left to tell stands in a table, so an outage or a restart on either side
 * loses nothing; several replicas telling the same do no harm, if what is told carries a version.
 */
public final class Outbox<K> {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /**
     * @param name of the thread
     * @param metric prefix of its two metrics
     * @param things what is told of, for people, for example {@code tenants}
     */
    public record About(String name, String metric, String things) {}

    private final About about;
    private final Supplier<List<K>> left;
    private final Consumer<K> tell;
    private final Duration poll;
    private final BackOff backOff;
    private final Clock clock;
    private final Counter failures;
    private final AtomicInteger behind = new AtomicInteger();
    private final Map<K, Failing> failing = new HashMap<>();
    private final Rhythm rhythm;

    /**
     * @param left what is not confirmed yet
     * @param tell of one, and remember that it is confirmed; it throws when it is not
     * @param poll how often is looked for what is left, even without a signal
     */
    public Outbox(
            About about, Supplier<List<K>> left, Consumer<K> tell, Duration poll, BackOff backOff, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        this.about = about;
        this.left = left;
        this.tell = tell;
        this.poll = poll;
        this.backOff = backOff;
        this.clock = clock;
        this.failures = Counter.builder(about.metric() + ".failures").description("Of " + about.things() + ": tellings that were not confirmed").register(metrics);
        Gauge.builder(about.metric() + ".behind", behind, AtomicInteger::get).description("Of " + about.things() + ": how many have yet to be confirmed").register(metrics);
        this.rhythm = Rhythm.varying(about.name(), poll, this::turn);
        feed.onChange(rhythm::wake);
    }

    /** By which it looks for what is left; whoever has the outbox starts and closes it, and wakes it when something changed. */
    public Rhythm rhythm() {
        return rhythm;
    }

    private Duration turn() {
        List<K> due = left.get();
        behind.set(due.size());
        failing.keySet().retainAll(due);
        for (K one : due) {
            Failing before = failing.get(one);
            if (before == null || !clock.instant().isBefore(before.notBefore())) {
                tell(one, before == null ? 0 : before.times());
            }
        }
        return untilNext();
    }

    private void tell(K one, int failedBefore) {
        try {
            tell.accept(one);
            behind.decrementAndGet();
            failing.remove(one);
        } catch (RuntimeException e) {
            int times = failedBefore + 1;
            failures.increment();
            failing.put(one, new Failing(times, clock.instant().plus(backOff.after(times))));
            log.warn("{}: {} was not confirmed {} times in a row: {}", about.name(), one, times, e.getMessage());
        }
    }

    /** The end of the shortest pause after a failure. */
    private Duration untilNext() {
        Instant now = clock.instant();
        return failing.values().stream()
                .map(failed -> Duration.between(now, failed.notBefore()))
                .min(Duration::compareTo)
                .orElse(poll);
    }

    private record Failing(int times, Instant notBefore) {}
}
