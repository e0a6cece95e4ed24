package dev.penstock.ui.fakes;

import dev.penstock.contract.CallId;
import dev.penstock.contract.Money;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.ui.backend.CallEnd;
import dev.penstock.ui.backend.ModelCall;
import dev.penstock.ui.backend.ModelCalls;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Models that say what they are told to say. */
public final class FakeCalls implements ModelCalls {

    private static final String SAMPLE =
            """
            Three checks, from cheapest to dearest:

            1. Order of dates. The date of loss must not be after the date of the report. The text alone is enough.
            2. Weekday and season. Where the report names <b>a weekday</b> or the weather, compare it with the calendar.
            3. Cover period. The date of loss must lie between the start and the end of cover. This one needs the policy record.

            Send the report to a person when the first check fails.""";

    /** Calls that were begun since it was emptied. */
    public final List<Made> made = new CopyOnWriteArrayList<>();

    /** Whether each call is answered and booked by itself, as for somebody who only looks. */
    public volatile boolean talkative;

    private final FakeServices services;
    private final Clock clock;

    FakeCalls(FakeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    void clear() {
        made.clear();
        talkative = false;
    }

    @Override
    public Running start(ModelCall call, Told told) {
        var next = new Made(call, told, new CallId(new UUID(clock.millis() << 16 | 0x7000, 0x8000_0000_0000_0000L | made.size())));
        made.add(next);
        if (talkative) {
            Thread.ofVirtual().start(() -> talk(next));
        }
        return next::stop;
    }

    private void talk(Made call) {
        call.told.begun(call.id);
        long began = System.nanoTime();
        for (String word : SAMPLE.split("(?<=[ \\n])")) {
            LockSupport.parkNanos(Duration.ofMillis(40 + call.call.model().length()).toNanos());
            if (call.stopped) {
                break;
            }
            call.told.said(word, false, Duration.ofNanos(System.nanoTime() - began));
        }
        book(call, 248, 0, 119, call.stopped ? 499 : 200);
        call.told.over(call.stopped ? new CallEnd.Stopped() : new CallEnd.Finished("stop", null), Duration.ofNanos(System.nanoTime() - began));
    }

    /** Puts a call into the books. */
    public void book(Made call, long input, long cached, long output, int status) {
        bookAs(call, call.call.model(), input, cached, output, status);
    }

    /** The same, where it was an alias that was asked. */
    public void bookAs(Made call, String model, long input, long cached, long output, int status) {
        long cost = (input + cached) * 150_000 + output * 620_000;
        services.books.uses.add(new FakeBooks.Use(
                new CallRow(
                        call.id, 0, Instant.ofEpochMilli(call.id.value().getMostSignificantBits() >>> 16), Ids.RESEARCH, call.call.project(), "research-vision", null, null, "scientist", Ids.endpoint(1), model,
                        status, false, input, cached, 0, output, 0, 3, new Money(BigInteger.valueOf(cost), "EUR"), 3_100, 290, null, null),
                1, 0, 0));
    }

    /** A call that was begun. */
    public static final class Made {

        public final ModelCall call;
        public final Told told;
        public final CallId id;
        public volatile boolean stopped;

        private Made(ModelCall call, Told told, CallId id) {
            this.call = call;
            this.told = told;
            this.id = id;
        }

        private void stop() {
            stopped = true;
        }
    }
}
