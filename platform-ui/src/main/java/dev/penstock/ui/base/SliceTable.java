package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.QueuePlace;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Slices as rows: the same on every screen. */
public final class SliceTable {

    /** A slice that ends within this time is worth a word. */
    private static final Duration SOON = Duration.ofHours(2);

    private final Clock clock;
    private final Idleness idleness;
    private final Function<SliceView, Address> address;
    private final Table<SliceView> table;

    /**
     * @param address where a slice opens
     * @param idleness of those that are shown
     */
    public SliceTable(String caption, Clock clock, Idleness idleness, Function<SliceView, Address> address) {
        this.clock = clock;
        this.idleness = idleness;
        this.address = address;
        this.table = new Table<SliceView>(caption, "")
                .column("State", this::state)
                .column("Slice", this::name)
                .column("Where", "minor", slice -> Cells.quiet(where(slice)))
                .column("Held by", "minor extra", slice -> Cells.text(slice.holder()))
                .column("Lease", "num minor extra", slice -> Cells.text(Quantities.duration(Duration.ofSeconds(slice.leaseSeconds()))))
                .number("Ends in", this::ends)
                .column("Used so far", "num minor", slice -> Cells.gpuHours(slice.gpuTime()));
    }

    /** Whether a slice's lease ends soon. */
    public static boolean endsSoon(SliceView slice, Instant now) {
        Instant end = slice.leaseEndsAt();
        return slice.state() == SliceState.READY && end != null && end.isBefore(now.plus(SOON));
    }

    /** Whether it is reserved for a time to come, and waits for nothing else. */
    public static boolean isToCome(SliceView slice, Instant now) {
        Instant start = slice.startsAt();
        return slice.state() == SliceState.QUEUED && start != null && start.isAfter(now);
    }

    public Component component() {
        return table;
    }

    public void show(List<SliceView> slices) {
        table.show(slices);
    }

    /** A slice that is ready, but not used or not for long, is worth a warning; of one that waits it matters how many are before it. */
    private Component state(SliceView slice) {
        QueuePlace place = slice.queue();
        if (slice.givesBackAt() != null) {
            return Badge.bare(Tone.WARN, "Asked back");
        }
        if (isToCome(slice, clock.instant())) {
            return Badge.bare(Badge.tone(slice.state()), "Reserved");
        }
        if (place != null && place.kueue() != null) {
            return Badge.bare(Badge.tone(slice.state()), "In Kueue's queue, " + place.position() + " of " + place.waiting());
        }
        if (place != null) {
            return Badge.bare(Badge.tone(slice.state()), Badge.word(slice) + ", " + place.position() + " of " + place.waiting());
        }
        if (idleness.suspendsAt(slice) != null) {
            return Badge.bare(Tone.WARN, "Idle");
        }
        return endsSoon(slice, clock.instant()) ? Badge.bare(Tone.WARN, "Ending") : Badge.bare(Badge.tone(slice.state()), Badge.word(slice));
    }

    private Component name(SliceView slice) {
        return Cells.named(slice.name(), address.apply(slice), slice.profile() + " · " + slice.projectName() + (slice.endpoint() == null ? "" : " · serves an endpoint"));
    }

    private static String where(SliceView slice) {
        String node = slice.node();
        String reason = slice.reason();
        if (reason != null) {
            return slice.state() == SliceState.READY && node != null ? NodeName.inWords(node) + " · " + reason : reason;
        }
        return node == null ? "not placed yet" : NodeName.inWords(node);
    }

    private Component ends(SliceView slice) {
        Instant end = slice.givesBackAt() != null ? slice.givesBackAt() : slice.leaseEndsAt();
        Instant ended = slice.endedAt();
        if (ended != null) {
            return Moment.ago(ended, clock.instant());
        }
        return end == null ? Cells.quiet("–") : Moment.until(end, clock.instant());
    }
}
