package dev.penstock.ui.newendpoint;

import dev.penstock.contract.platform.ModelFit;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.ui.base.Fit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody wants, before they know which part of a GPU that is. */
enum Intent {
    SHARED("Cheap and shared", "Call the endpoint that others use too. Pay for tokens only; nothing to ask for."),
    ISOLATED("Isolate fully", "A part of a GPU of your own: memory and compute cut in hardware."),
    LONG("Needs a long context", "The smallest part that serves the model's whole context."),
    KNOWN("I know the part", "Pick the profile from the list yourself.");

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

    /** The one to propose for a context: the smallest that is free, otherwise the smallest; null when none serves it. */
    static @Nullable ModelFit pick(ModelView model, long contextTokens) {
        List<ModelFit> serving = model.fits().stream().filter(fit -> Fit.serves(fit, contextTokens)).toList();
        return serving.stream()
                .filter(fit -> fit.free() > 0)
                .findFirst()
                .orElse(serving.isEmpty() ? null : serving.getFirst());
    }
}
