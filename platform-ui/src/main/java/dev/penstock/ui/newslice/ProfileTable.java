package dev.penstock.ui.newslice;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Choices;
import dev.penstock.ui.base.FreeNow;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What can be asked for: how large, what is free now, what the lease would use. */
final class ProfileTable extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final transient Consumer<SliceProfileView> whenChosen;

    ProfileTable(Consumer<SliceProfileView> whenChosen) {
        super("div");
        this.whenChosen = whenChosen;
    }

    void show(List<SliceProfileView> profiles, @Nullable SliceProfileView chosen, Predicate<SliceProfileView> fits, int leaseHours) {
        var table = new Table<SliceProfileView>("Slice profiles", "")
                .untitled("Choose", "pick", profile -> profile.missing() == null ? radio(profile, profile.equals(chosen)) : Markup.of("span", ""))
                .column("Profile", profile -> Markup.of(
                        "span",
                        "",
                        Markup.text("span", "strong", profile.name()),
                        Markup.text("span", "sub", profile.device())))
                .column("Memory", "num", profile -> Markup.text("span", "", Quantities.memory(profile.memoryMib())))
                .column("Share", "num minor", profile -> Cells.text(Quantities.share(profile.parts())))
                .column("Isolation", "minor", profile -> Cells.quiet(isolation(profile)))
                .column("This lease uses", "num minor", profile -> Cells.gpuHours(GpuTime.of(profile.parts(), Duration.ofHours(leaseHours))))
                .column("Free now", ProfileTable::free)
                .rowClass(profile -> fits.test(profile) ? "" : "unfit")
                .chosen(profile -> profile.equals(chosen));
        table.show(profiles);
        removeAll();
        add(table);
    }

    /** In a few words; the sentence stands beside what is picked. */
    private static String isolation(SliceProfileView profile) {
        return switch (profile.kind()) {
            case WHOLE -> "nobody else on the card";
            case MIG -> "cut in hardware";
            case DRA -> Intent.isWholeGpu(profile) ? "nobody else on the card" : "cut in hardware";
            case MPS -> "limits kept by software, within your tenant";
            case HAMI -> "limits kept by a library in the container, within your tenant";
            case TIME_SLICED -> "memory not isolated, within your tenant";
        };
    }

    private static Component free(SliceProfileView profile) {
        String missing = profile.missing();
        return missing == null ? FreeNow.of(profile) : Markup.of("span", "", FreeNow.of(profile), Markup.text("span", "sub wraps", missing));
    }

    private Component radio(SliceProfileView profile, boolean chosen) {
        Markup radio = Choices.radio("profile", () -> whenChosen.accept(profile));
        radio.getElement().setProperty("checked", chosen);
        return radio.attribute("aria-label", profile.name() + " of " + profile.device());
    }
}
