package dev.penstock.ui.playground;

import dev.penstock.contract.CallId;
import dev.penstock.ui.backend.CallEnd;
import dev.penstock.ui.backend.ModelCalls;
import dev.penstock.ui.base.Pace;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a call tells to its tab some times a second: a model says more words in a second than anybody reads, and each look at the tab takes
 * its lock and a message to the browser.
 */
final class Relay implements ModelCalls.Told {

    /** Short enough to look like writing. */
    private static final Duration COLLECTED = Duration.ofMillis(60);

    private final Pace.Later later;
    private final Consumer<Heard> tab;
    private final StringBuilder thoughts = new StringBuilder();
    private final StringBuilder words = new StringBuilder();
    private boolean awaited;
    private @Nullable CallId call;
    private @Nullable Duration first;
    private @Nullable Duration last;
    private @Nullable CallEnd end;
    private @Nullable Duration took;

    /** @param tab told with its lock held */
    Relay(Pace.Later later, Consumer<Heard> tab) {
        this.later = later;
        this.tab = tab;
    }

    @Override
    public synchronized void begun(CallId id) {
        call = id;
        handOver();
    }

    @Override
    public synchronized void said(String said, boolean thought, Duration after) {
        (thought ? thoughts : words).append(said);
        first = first == null ? after : first;
        last = after;
        handOver();
    }

    @Override
    public synchronized void over(CallEnd how, Duration after) {
        end = how;
        took = after;
        handOver();
    }

    private void handOver() {
        if (!awaited) {
            awaited = true;
            later.run(COLLECTED, () -> tab.accept(taken()));
        }
    }

    private synchronized Heard taken() {
        var heard = new Heard(call, thoughts.toString(), words.toString(), first, last, end, took);
        awaited = false;
        thoughts.setLength(0);
        words.setLength(0);
        call = null;
        first = null;
        last = null;
        return heard;
    }
}
