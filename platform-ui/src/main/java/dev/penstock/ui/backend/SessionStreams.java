package dev.penstock.ui.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The streams of one portal session: open while at least one of its tabs listens. A session whose tabs are all closed asks nobody for
 * anything, and lets its tokens expire.
 */
final class SessionStreams {

    private final ChangeFeed feed;
    private final Supplier<List<EventStream>> opening;
    private final List<EventStream> open = new ArrayList<>();
    private int listeners;
    private boolean over;

    SessionStreams(ChangeFeed feed, Supplier<List<EventStream>> opening) {
        this.feed = feed;
        this.opening = opening;
    }

    /** @return ends the subscription; may be run more than once */
    synchronized Runnable listen(ChangeFeed.Listener listener) {
        Runnable stop = feed.listen(listener);
        listeners++;
        if (listeners == 1 && !over) {
            open.addAll(opening.get());
        }
        var once = new Runnable() {
            private boolean done;

            @Override
            public void run() {
                synchronized (SessionStreams.this) {
                    if (!done) {
                        done = true;
                        stop.run();
                        left();
                    }
                }
            }
        };
        return once;
    }

    synchronized void dropIfSilentFor(Duration silence) {
        open.forEach(stream -> stream.dropIfSilentFor(silence));
    }

    /** Ends them for good. */
    void end() {
        synchronized (this) {
            over = true;
            closeAll();
        }
        feed.over();
    }

    private void left() {
        listeners--;
        if (listeners == 0) {
            closeAll();
        }
    }

    private void closeAll() {
        open.forEach(EventStream::close);
        open.clear();
    }
}
