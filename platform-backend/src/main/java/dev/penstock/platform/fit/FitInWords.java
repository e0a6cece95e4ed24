package dev.penstock.platform.fit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** The arithmetic as a person can follow it. */
public final class FitInWords {

    private static final BigDecimal GIGA = BigDecimal.valueOf(1_000_000_000);

    private FitInWords() {}

    /** For example “15.3 GB of weights and 2.0 GB of overhead in 18.8 GB: 1.5 GB are left for context, 26,989 tokens at 57,344 bytes each.” */
    public static String sentence(Fit fit) {
        String needs = needed(fit.weightBytes()) + " of weights and " + needed(Fit.OVERHEAD_BYTES) + " of overhead in " + there(fit.usableBytes()) + ": ";
        if (fit.freeForContext() < 0) {
            return needs + needed(-fit.freeForContext()) + " are missing.";
        }
        if (fit.bytesPerToken() == null) {
            return needs + "it fits, and keeps nothing of the context, so all " + number(fit.modelContext()) + " tokens can be used.";
        }
        String each = " at " + number(fit.bytesPerToken()) + " bytes each";
        long tokens = fit.freeForContext() / fit.bytesPerToken();
        String room = there(fit.freeForContext()) + " are left for context, " + number(tokens) + " tokens" + each;
        int whole = fit.sequencesOf(fit.modelContext());
        return needs + room + (whole == 0
                ? "; fewer than the model's " + number(fit.modelContext()) + "."
                : "; " + number(whole) + (whole == 1 ? " sequence" : " sequences") + " of the model's " + number(fit.modelContext()) + " at once.");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String needed(long bytes) {
        return gigabytes(bytes, RoundingMode.CEILING);
    }

    private static String there(long bytes) {
        return gigabytes(bytes, RoundingMode.FLOOR);
    }

    private static String gigabytes(long bytes, RoundingMode rounding) {
        return BigDecimal.valueOf(bytes).divide(GIGA, 1, rounding).toPlainString() + " GB";
    }
}
