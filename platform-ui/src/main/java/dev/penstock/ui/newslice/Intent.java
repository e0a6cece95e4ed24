package dev.penstock.ui.newslice;

import dev.penstock.contract.platform.SliceProfileView;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody wants, before they know which profile that is. */
enum Intent {
    SMALL("Try something out", "The smallest part that is free now. Least to wait, least to use."),
    MEMORY("Needs memory", "The smallest part with at least the memory you name."),
    WHOLE("A whole GPU", "Nothing is shared with anybody. Most to use."),
    KNOWN("I know the profile", "Pick it from the list yourself.");

    private static final Comparator<SliceProfileView> SMALLEST =
            Comparator.comparingInt(SliceProfileView::parts).thenComparingLong(SliceProfileView::memoryMib);

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
        return switch (this) {
            case SMALL, KNOWN -> true;
            case MEMORY -> profile.memoryMib() >= memoryGib * 1024L * 95 / 100; // A “40 GB” part has a little less than 40 GiB.
            case WHOLE -> profile.kind() == SliceProfileView.Kind.WHOLE;
        };
    }

    /** The one to propose: the smallest that is free, otherwise the smallest; null when nothing fits. */
    @Nullable SliceProfileView pick(List<SliceProfileView> profiles, int memoryGib) {
        List<SliceProfileView> fitting =
                profiles.stream().filter(profile -> accepts(profile, memoryGib)).sorted(SMALLEST).toList();
        return fitting.stream()
                .filter(profile -> profile.free() > 0)
                .findFirst()
                .orElse(fitting.isEmpty() ? null : fitting.getFirst());
    }
}
