package dev.penstock.ui.base;

import com.vaadin.flow.component.AttachEvent;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A screen of numbers that change many times a second under load: nobody reads that fast, so they are drawn at most once in a while. */
public abstract class PacedScreen extends Screen {

    private static final long serialVersionUID = 1L;

    private final Duration least;
    private final transient Clock clock;
    private transient @Nullable Pace pace;

    /** @param least between one drawing and the next */
    protected PacedScreen(String title, Viewer viewer, Duration least, Clock clock) {
        super(title, viewer);
        this.least = least;
        this.clock = clock;
    }

    /** Draws what is shown anew. */
    protected abstract void redraw();

    @Override
    protected final void onAttach(AttachEvent attached) {
        pace = new Pace(least, clock, Pace.in(attached.getUI()));
    }

    @Override
    protected final void refresh() {
        Pace kept = pace;
        if (kept != null) {
            kept.want(() -> {
                if (isAttached()) {
                    guarded(this::redraw);
                }
            });
        }
    }
}
