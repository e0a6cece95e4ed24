package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.SliceProfileView;

/** How many slices of a profile nobody holds, and what the wait would be. */
public final class FreeNow {

    private FreeNow() {}

    public static Component of(SliceProfileView profile) {
        if (profile.total() == 0) {
            return Badge.bare(Tone.OFF, "none in the fleet");
        }
        if (profile.kueue() != null) {
            return Badge.bare(Tone.BUSY, "by Kueue's queue " + profile.kueue());
        }
        if (profile.free() > 0) {
            return Badge.bare(Tone.OK, profile.free() + " of " + profile.total() + ", no wait");
        }
        return Badge.bare(
                Tone.WARN, profile.waiting() == 0 ? "0 of " + profile.total() + ", you would be next" : profile.waiting() + " wait before you");
    }
}
