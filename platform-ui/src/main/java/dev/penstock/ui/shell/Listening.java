package dev.penstock.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import dev.penstock.contract.Change;
import dev.penstock.ui.backend.ChangeFeed;
import dev.penstock.ui.backend.Live;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes changes from the stream's thread to one tab. While the tab is busy further changes are collected and handed over together: a
 * hundred changes cost one reload, not a hundred.
 */
final class Listening implements ChangeFeed.Listener {

    private final UI ui;
    private final Consumer<List<Change>> handler;
    private final List<Change> collected = new ArrayList<>();
    private boolean missed;
    private boolean underWay;
    private Runnable stop = () -> {};

    /** @param handler runs with the tab's lock; an empty list means that anything may have changed */
    Listening(UI ui, Consumer<List<Change>> handler) {
        this.ui = ui;
        this.handler = handler;
    }

    void to(Live live) {
        stop = live.listen(this);
    }

    void stop() {
        stop.run();
    }

    @Override
    public void changed(@Nullable Change change) {
        synchronized (collected) {
            if (change == null) {
                missed = true;
            } else {
                collected.add(change);
            }
            if (underWay) {
                return;
            }
            underWay = true;
        }
        inTab(this::handOver);
    }

    @Override
    public void over() {
        inTab(SignedOutDialog::show);
    }

    private void handOver() {
        List<Change> changes;
        synchronized (collected) {
            changes = missed ? List.of() : List.copyOf(collected);
            collected.clear();
            missed = false;
            underWay = false;
        }
        handler.accept(changes);
    }

    /** Not in the calling thread: that one reads the stream of all tabs, and reloading a screen calls services. */
    private void inTab(Runnable work) {
        Thread.ofVirtual().name("change to a tab").start(() -> {
            try {
                ui.access(work::run);
            } catch (UIDetachedException closed) {
                stop.run();
            }
        });
    }
}
