package dev.penstock.ui.newslice;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.penstock.contract.platform.WorkspaceImageView;
import dev.penstock.contract.platform.WorkspaceImagesView;
import dev.penstock.contract.platform.WorkspaceSpec;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to run on a slice: an image that is offered, with a volume, or a plain shell. */
final class Runs {

    private final Select<Optional<WorkspaceImageView>> image = new Select<>();
    private final IntegerField volume = Fields.number("Volume", "GiB", 1, WorkspaceSpec.MOST_GIB);
    private final Markup hint = Markup.of("p", "hint");

    Runs(Runnable changed) {
        image.setLabel("Image");
        image.setItemLabelGenerator(each -> each.map(WorkspaceImageView::title).orElse("Plain shell"));
        image.addValueChangeListener(change -> {
            explain();
            changed.run();
        });
        volume.addValueChangeListener(change -> changed.run());
    }

    /** @param wanted id of the image that is chosen at first; null, or not offered any more: the first there is */
    Panel panel(WorkspaceImagesView offered, @Nullable String wanted, @Nullable Integer gib) {
        List<Optional<WorkspaceImageView>> items = new ArrayList<>(offered.images().stream().filter(WorkspaceImageView::offered).map(Optional::of).toList());
        items.add(Optional.empty());
        image.setItems(items);
        volume.setMax(offered.mostGib());
        volume.setHelperText("for the home folder, at most " + offered.mostGib());
        volume.setValue(gib == null ? offered.suggestedGib() : Math.clamp(gib, 1, offered.mostGib()));
        image.setValue(items.stream().filter(each -> id(each).equals(wanted)).findFirst().orElse(items.getFirst()));
        explain();
        var fields = Markup.of("div", "cols", image, volume).style("--cols", "repeat(auto-fit, minmax(160px, 1fr))").style("gap", "12px");
        return new Panel("What runs on it").body(fields, hint);
    }

    /** For the address. */
    String image() {
        return image.getValue() == null ? "" : id(image.getValue());
    }

    @Nullable Integer volume() {
        return volume.getValue();
    }

    boolean isComplete() {
        return image().equals("shell") || (volume.getValue() != null && !volume.isInvalid());
    }

    /** Null: a plain shell. */
    @Nullable WorkspaceSpec spec() {
        Optional<WorkspaceImageView> chosen = image.getValue();
        Integer gib = volume.getValue();
        return chosen == null || chosen.isEmpty() || gib == null || gib < 1 ? null : new WorkspaceSpec(chosen.get().id(), gib);
    }

    private void explain() {
        boolean shell = image().equals("shell");
        volume.setVisible(!shell);
        hint.setText(shell
                ? "Reached with kubectl. Its files go when it stops."
                : "Files in the home folder are kept over suspending and resuming, until the slice ends.");
    }

    private static String id(Optional<WorkspaceImageView> image) {
        return image.map(WorkspaceImageView::id).orElse("shell");
    }
}
