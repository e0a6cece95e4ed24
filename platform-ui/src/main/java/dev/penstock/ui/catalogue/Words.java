package dev.penstock.ui.catalogue;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.platform.ModelFit;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Tone;
import dev.penstock.ui.offer.Offer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How facts of a model are written. */
final class Words {

    private Words() {}

    static String task(ModelTask task) {
        return switch (task) {
            case CHAT -> "Chat";
            case EMBEDDINGS -> "Embeddings";
            case RERANK -> "Reranking";
        };
    }

    static String tasks(ModelView model) {
        return model.tasks().stream().map(Words::task).collect(Collectors.joining(", "));
    }

    /** For example {@code 7.62 B}, {@code 46.7 B, 12.9 B of them active}. */
    static String parameters(ModelView model) {
        String all = Quantities.rounded(model.parameters());
        return model.parameters() == model.activeParameters() ? all : all + ", " + Quantities.rounded(model.activeParameters()) + " of them active";
    }

    static Component licence(ModelView model) {
        return model.commercialUse()
                ? Markup.text("span", "tag", model.licence())
                : Markup.of("span", "", Markup.text("span", "tag", model.licence()), Markup.plain(" "), Badge.bare(Tone.WARN, "not for commercial use"));
    }

    /** Facts are what the publisher says until an engine has shown them. */
    static Component trust(ModelView model) {
        return model.confirmed() ? Badge.pill(Tone.OK, "Facts confirmed") : Badge.pill(Tone.OFF, "Facts as stated");
    }

    /** Where it would run now, in few words. */
    static Component runsOn(ModelView model) {
        ModelFit free = Wish.smallestFree(model);
        if (free != null) {
            return Badge.bare(Tone.OK, free.profile() + ", " + Quantities.count(free.free()) + " free");
        }
        ModelFit smallest = Wish.smallest(model);
        return smallest == null ? Badge.bare(Tone.OFF, "fits no part here") : Badge.bare(Tone.WARN, smallest.profile() + ", none free now");
    }

    /** Whether everybody may call it already, and for how much. */
    static Component shared(@Nullable Offer offer) {
        if (offer == null) {
            return Markup.text("span", "quiet", "not shared");
        }
        String prices = offer.prices();
        if (prices != null) {
            return Markup.text("span", "num", prices).hover("for a million tokens each");
        }
        return Markup.text("span", "quiet", offer.call() == null ? "shared, does not answer now" : "shared, without a price yet");
    }
}
