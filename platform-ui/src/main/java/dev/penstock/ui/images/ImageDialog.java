package dev.penstock.ui.images;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.platform.WorkspaceImageSpec;
import dev.penstock.contract.platform.WorkspaceImageView;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import java.util.List;
import java.util.function.BiConsumer;

/** Adds an image or changes one. */
final class ImageDialog {

    private static final int LONGEST_ID = 40;

    private final TextField id = Fields.text("Id", "lower case, digits, hyphens; stays for good", LONGEST_ID);
    private final TextField title = Fields.text("Title", "what people read", 100);
    private final TextField reference = Fields.text("Image", "registry/repository@sha256:…, by digest and without a tag", 400);
    private final Select<WorkspaceKind> kind = Fields.select("Opens", List.of(WorkspaceKind.values()), ImageDialog::word);
    private final Checkbox offered = new Checkbox("Offered to teams", true);
    private final BiConsumer<String, WorkspaceImageSpec> put;

    /** @param put told what was typed, with its id */
    ImageDialog(BiConsumer<String, WorkspaceImageSpec> put) {
        this.put = put;
        kind.setValue(WorkspaceKind.JUPYTERLAB);
    }

    Confirmation add() {
        return dialog("Add an image", "Add image");
    }

    Confirmation change(WorkspaceImageView image) {
        id.setValue(image.id());
        id.setReadOnly(true);
        title.setValue(image.title());
        reference.setValue(image.reference());
        kind.setValue(image.kind());
        offered.setValue(image.offered());
        return dialog("Change " + image.title(), "Save image");
    }

    private Confirmation dialog(String heading, String button) {
        var dialog = new Confirmation(
                heading, id, title, kind, reference, offered,
                Markup.text("p", "hint", "Slices that were approved with an image keep it as it was then, also when it is changed or withdrawn."));
        var save = Action.primary(button, () -> {
            if (isComplete()) {
                dialog.attempt(() -> put.accept(
                        id.getValue(), new WorkspaceImageSpec(kind.getValue(), title.getValue().trim(), reference.getValue().trim(), offered.getValue())));
            }
        });
        return dialog.buttons("Leave it", save);
    }

    private boolean isComplete() {
        return Fields.check(id, Fields.nameProblem(id.getValue(), LONGEST_ID))
                & Fields.check(title, title.getValue().isBlank() ? "Give it a title." : "")
                & Fields.check(reference, reference.getValue().trim().matches(".+@sha256:[0-9a-f]{64}") ? "" : "By digest: it ends with @sha256: and 64 digits.");
    }

    static String word(WorkspaceKind kind) {
        return switch (kind) {
            case JUPYTERLAB -> "JupyterLab";
            case VSCODE -> "VS Code";
            case SSH -> "SSH";
        };
    }
}
