package dev.penstock.ui.backend;

import dev.penstock.contract.Change;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What both services tell one portal session, passed on to each of its open tabs. */
public final class ChangeFeed {

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Called from the stream's own thread: hand over at once. */
    public interface Listener {

        /** @param change null: something may have been missed, load everything anew */
        void changed(@Nullable Change change);

        /** The session is over; nothing more will come. */
        void over();
    }

    /** @return ends the subscription */
    public Runnable listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    public void tell(Change change) {
        listeners.forEach(listener -> listener.changed(change));
    }

    /** The session is over. */
    public void over() {
        listeners.forEach(Listener::over);
    }

    /** Something may have changed that nobody told. */
    public void missed() {
        listeners.forEach(listener -> listener.changed(null));
    }
}
