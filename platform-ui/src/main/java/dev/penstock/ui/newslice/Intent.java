package dev.penstock.ui.newslice;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceProfileView.Kind;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far away others are to be, before somebody knows which profile that is. */
enum Intent {
    ALONE("Fully isolated", "Whole GPUs: nobody else is on the card. Most to use."),
    OWN_MEMORY("Isolated memory", "A part of a card that is cut in hardware: others are on it and reach neither your memory nor your computing time."),
    TEAM("Shared with my own team", "Least to use. Other slices of your tenant, and of nobody else, may use the same memory and computing."),
    KNOWN("I know the profile", "Pick it from the list yourself.");

    private static final Comparator<SliceProfileView> CHEAPEST =
            Comparator.comparingInt(SliceProfileView::parts)
                    // What most of a fleet is, before what is claimed and otherwise the same.
                    .thenComparing(profile -> profile.kind() == Kind.DRA)
                    .thenComparingLong(SliceProfileView::memoryMib)
                    .thenComparing(SliceProfileView::id);

    private final String title;
    private final String hint;

    Intent(String title, String hint) {
        this.title = title;
        this.hint = hint;
    }

    String title() {
        return title;
    }

    String hint() {
        return hint;
    }

    /** Whether a profile serves the intent at all. */
    boolean accepts(SliceProfileView profile, int memoryGib) {
        boolean enough = profile.memoryMib() >= memoryGib * 1024L * 95 / 100; // A “40 GB” part has a little less than 40 GiB.
        return switch (this) {
            case ALONE -> enough && isWholeGpu(profile);
            case OWN_MEMORY -> enough && !profile.kind().shares();
            case TEAM -> enough;
            case KNOWN -> true;
        };
    }

    /** Counted or claimed: what it takes is not cut. */
    static boolean isWholeGpu(SliceProfileView profile) {
        return profile.kind() == Kind.WHOLE || (profile.kind() == Kind.DRA && profile.parts() == profile.amount() * GpuTime.PARTS_PER_GPU);
    }

    /** The one to propose: the cheapest that is free, otherwise the cheapest that the fleet has; null when nothing fits. */
    @Nullable SliceProfileView pick(List<SliceProfileView> profiles, int memoryGib) {
        List<SliceProfileView> fitting = profiles.stream()
                .filter(profile -> profile.total() > 0 && accepts(profile, memoryGib))
                .sorted(CHEAPEST)
                .toList();
        return fitting.stream()
                .filter(profile -> profile.free() > 0)
                .findFirst()
                .orElse(fitting.isEmpty() ? null : fitting.getFirst());
    }

    /** Why it is the one that is proposed. */
    String why(SliceProfileView profile, int memoryGib) {
        String which = switch (this) {
            case ALONE -> "the cheapest with " + memoryGib + " GB or more and nobody else on the card";
            case OWN_MEMORY -> "the cheapest with " + memoryGib + " GB or more that nobody else reaches";
            case TEAM -> "the cheapest with " + memoryGib + " GB or more, shared or not";
            case KNOWN -> "what you picked";
        };
        if (profile.kueue() != null && this != KNOWN) {
            return which + "; when it comes up, Kueue's queue says";
        }
        return profile.free() > 0 || this == KNOWN ? which : which + "; none is free now, and no other that fits is";
    }
}
