package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.ModelFit;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.contract.platform.SliceProfileView;

/**
 * What a model takes of a part of a GPU while it serves one answer of a given context; in bytes. The service decides what fits; this is its
 * arithmetic for another context than the model's own.
 *
 * @param cache what the context takes
 * @param usable what the engine may use of the part's memory
 * @param memory of the part
 */
public record Fit(long weights, long overhead, long cache, long usable, long memory) {

    private static final long MEBIBYTE = 1L << 20;

    public static Fit of(ModelView model, ModelFit fit, SliceProfileView profile, long contextTokens) {
        Long perToken = model.kvBytesPerToken();
        return new Fit(
                fit.weightBytes(),
                fit.overheadBytes(),
                perToken == null ? 0 : Math.multiplyExact(perToken, contextTokens),
                fit.usableBytes(),
                profile.memoryMib() * MEBIBYTE);
    }

    /** Whether a part serves contexts as long as this. */
    public static boolean serves(ModelFit fit, long contextTokens) {
        return fit.fits() && fit.longestContext() >= contextTokens;
    }

    public long needs() {
        return weights + overhead + cache;
    }

    /** Negative where it does not fit. */
    public long spare() {
        return usable - needs();
    }

    /** How many answers of this context there is room for at once; 0 where the context takes nothing. */
    public long atOnce() {
        return cache == 0 ? 0 : Math.max(0, (usable - weights - overhead) / cache);
    }

    /** In a table. */
    public Component badge() {
        return spare() >= 0
                ? Badge.bare(Tone.OK, Quantities.bytes(spare()) + " to spare")
                : Badge.bare(Tone.BAD, Quantities.bytes(-spare()) + " short");
    }
}
