package dev.penstock.frame.copy;

import dev.penstock.contract.Problem;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.live.LiveFeed;
import dev.penstock.frame.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of some tables: replaced as a whole, never changed. It follows them on the change feed's signal, on a poll, and by reading everything
 * again from time to time. If the database cannot be reached, it serves its last state for a stated time, then nobody.
 */
public final class TableCopy<K, V extends Versioned> implements BackgroundWork {

    /**
     * @param name of what is copied, for the log and the thread
     * @param metric prefix of its two metrics
     * @param tooOld what is said when the copy is too old
     */
    public record About(String name, String metric, String tooOld) {}

    /** Members of what is told when the copy is too old. */
    public static final String AGE_SECONDS = "ageSeconds";
    public static final String TRUSTED_SECONDS = "trustedSeconds";

    private static final Logger log = LoggerFactory.getLogger(TableCopy.class);

    private final About about;
    private final UnaryOperator<Map<K, V>> table;
    private final Freshness freshness;
    private final Clock clock;
    private final Counter corrected;
    private final Rhythm rhythm;
    private volatile Copy<K, V> copy = new Copy<>(Map.of(), Instant.EPOCH);
    private final List<Runnable> readers = new CopyOnWriteArrayList<>();
    private Instant nextFullCheck = Instant.EPOCH;

    /** @param table brings what is known up to date: things whose version did not move may be kept as they are; immutable */
    public TableCopy(About about, UnaryOperator<Map<K, V>> table, Freshness freshness, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        this.about = about;
        this.table = table;
        this.freshness = freshness;
        this.clock = clock;
        this.corrected = Counter.builder(about.metric() + ".corrections")
                .description("Full checks that found the copy of " + about.name() + " different from the tables")
                .register(metrics);
        Gauge.builder(about.metric() + ".staleness", this, TableCopy::stalenessSeconds)
                .description("Age of the copy of " + about.name())
                .baseUnit("seconds")
                .register(metrics);
        this.rhythm = Rhythm.of(about.name(), freshness.poll(), this::turn);
        feed.onChange(rhythm::wake);
    }

    /**
     * @throws ProblemException {@code audit_unavailable} when the copy is too old to be trusted with a decision; it says how old ({@link #AGE_SECONDS},
     *     missing if nothing was read yet) and how old it may be ({@link #TRUSTED_SECONDS})
     */
    public Map<K, V> current() {
        Copy<K, V> now = copy;
        if (Duration.between(now.readAt(), clock.instant()).compareTo(freshness.longestStaleness()) > 0) {
            throw new ProblemException(Problem.AUDIT_UNAVAILABLE, about.tooOld())
                    .with(AGE_SECONDS, now.readAt().equals(Instant.EPOCH) ? null : Duration.between(now.readAt(), clock.instant()).toSeconds())
                    .with(TRUSTED_SECONDS, freshness.longestStaleness().toSeconds());
        }
        return now.things();
    }

    /** Of what it is a copy. */
    public String name() {
        return about.name();
    }

    /** How old it is, at most. */
    public Duration age() {
        return Duration.between(copy.readAt(), clock.instant());
    }

    /** @param reader told after each reading, when the copy says what was read; on the thread that read, so it must not wait */
    public void onRead(Runnable reader) {
        readers.add(reader);
    }

    /** After a change of our own, so that who made it sees it. The change holds; if it cannot be read back now, the next poll will. */
    public void refreshAfterChange() {
        try {
            refresh();
        } catch (RuntimeException e) {
            log.warn("reading {} after a change; the poll reads them again: {}", about.name(), e.getMessage());
        }
    }

    /** Reads everything and counts it if the copy was wrong, which would be a mistake of ours. */
    public synchronized void checkEverything() {
        refresh();
        Instant at = clock.instant();
        Map<K, V> fresh = table.apply(Map.of());
        Map<K, V> held = copy.things();
        boolean wrong = fresh.entrySet().stream().anyMatch(entry -> {
            V ours = held.get(entry.getKey());
            return ours != null && ours.version() == entry.getValue().version() && !ours.equals(entry.getValue());
        });
        if (wrong) {
            corrected.increment();
            log.error("the copy of {} differed from the tables although the versions agree; it is replaced", about.name());
        }
        copy = new Copy<>(fresh, at);
        readers.forEach(Runnable::run);
    }

    /** Before the web server listens, so that the first request finds what it asks. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    @Override
    public void start() {
        nextFullCheck = clock.instant().plus(freshness.fullCheck());
        try {
            refresh();
        } catch (RuntimeException e) {
            log.warn("reading {} at the start; nobody is served until it succeeds", about.name(), e);
        }
        BackgroundWork.super.start();
    }

    /** The time is taken before the tables are read: the copy is at least as old as what it says. */
    private synchronized void refresh() {
        Instant at = clock.instant();
        copy = new Copy<>(table.apply(copy.things()), at);
        readers.forEach(Runnable::run);
    }

    private void turn() {
        try {
            if (clock.instant().isAfter(nextFullCheck)) {
                checkEverything();
                nextFullCheck = clock.instant().plus(freshness.fullCheck());
            } else {
                refresh();
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException("reading " + about.name() + "; the last state is served for at most " + freshness.longestStaleness(), e);
        }
    }

    private double stalenessSeconds() {
        return age().toMillis() / 1000.0;
    }

    private record Copy<K, V>(Map<K, V> things, Instant readAt) {}
}
