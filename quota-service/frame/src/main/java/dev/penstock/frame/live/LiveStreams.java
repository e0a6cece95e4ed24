package dev.penstock.frame.live;

import dev.penstock.contract.Change;
import dev.penstock.contract.Problem;
import dev.penstock.frame.problem.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Streams to open pages, one virtual thread each. */
@Component
public class LiveStreams {

    /** Streams at once on one replica. */
    static final int MOST = 5_000;

    private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final LiveFeed feed;
    private final Clock clock;
    private final AtomicInteger open = new AtomicInteger();

    LiveStreams(LiveFeed feed, Clock clock, MeterRegistry metrics) {
        this.feed = feed;
        this.clock = clock;
        Gauge.builder("penstock.live.streams", open, AtomicInteger::get).description("Open streams of changes").register(metrics);
    }

    /**
     * Streams what may be seen, from a cursor on. The first event, {@code hello}, carries the cursor to start from. With a cursor
     * that is not ours it is named {@code reset}: the page loads everything again.
     *
     * @param visible asked for every change, so that a right that is withdrawn ends at once
     * @param cursor as the client got it, or null for from-now-on
     * @param until when the caller's token ends; the client comes back with a fresh one
     * @throws ProblemException {@code too_many_requests} when {@value #MOST} are open
     */
    public SseEmitter stream(Predicate<Change> visible, @Nullable String cursor, Instant until) {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            throw new ProblemException(Problem.TOO_MANY_REQUESTS, MOST + " streams are open on this replica.");
        }
        SseEmitter emitter = new SseEmitter(0L);
        Thread.ofVirtual().name("live-stream").start(() -> serve(emitter, visible, cursor, until));
        return emitter;
    }

    private void serve(SseEmitter emitter, Predicate<Change> visible, @Nullable String given, Instant until) {
        try {
            Cursor known = Cursor.parse(given);
            Cursor cursor = known == null ? feed.position() : known;
            emitter.send(SseEmitter.event().id(cursor.toString()).name(given != null && known == null ? "reset" : "hello").data(""));
            while (feed.open() && clock.instant().isBefore(until)) {
                Duration left = Duration.between(clock.instant(), until);
                List<Change> batch = feed.after(cursor, left.compareTo(HEARTBEAT) < 0 ? left : HEARTBEAT);
                for (Change change : batch) {
                    if (visible.test(change)) {
                        emitter.send(SseEmitter.event().id(change.cursor()).name("change").data(change, MediaType.APPLICATION_JSON));
                    }
                }
                if (batch.isEmpty()) {
                    emitter.send(SseEmitter.event().comment("still here"));
                } else {
                    cursor = Cursor.parse(batch.getLast().cursor()) instanceof Cursor last ? last : cursor;
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("a page went away", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("a stream of changes ended", e);
            emitter.completeWithError(e);
        } finally {
            open.decrementAndGet();
        }
    }
}
