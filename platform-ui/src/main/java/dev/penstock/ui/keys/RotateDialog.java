package dev.penstock.ui.keys;

import com.vaadin.flow.component.select.Select;
import dev.penstock.contract.quota.KeyMade;
import dev.penstock.contract.quota.KeyRotation;
import dev.penstock.contract.quota.KeySecret;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.CopyLine;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PersonTime;
import java.util.List;
import java.util.Objects;

/** Gives a key a new secret and shows it once: it is in this dialog and nowhere else, and gone when the dialog is closed. */
final class RotateDialog {

    private final KeysApi keys;
    private final KeyView key;
    private final Confirmation confirmation;
    private final Select<Grace> grace = Fields.select("The secret of now goes on working for", List.of(Grace.values()), Grace::title);
    private final Markup body;
    private final Action rotate = Action.primary("Make the new secret", this::rotate);
    private final Action close = Action.of("Leave it", this::close);

    RotateDialog(KeysApi keys, KeyView key) {
        this.keys = keys;
        this.key = key;
        grace.setValue(Grace.WEEK);
        grace.setHelperText("Never longer than the key itself. It can be ended before.");
        body = Markup.of(
                "div",
                "stack tight",
                Markup.text("p", "", "The key gets a new secret. Its name, limits and end stay as they are, and calls count for it as before."),
                grace);
        confirmation = new Confirmation("Rotate " + key.name() + "?", body);
        confirmation.getFooter().add(close, rotate);
    }

    Confirmation confirmation() {
        return confirmation;
    }

    private void close() {
        confirmation.close();
    }

    private void rotate() {
        var rotation = new KeyRotation(grace.getValue().time().toSeconds());
        confirmation.attemptOpen(() -> rotated(keys.rotate(key.tenant(), key.id(), rotation)), refused -> {});
    }

    private void rotated(KeyMade made) {
        body.removeAll();
        rotate.setVisible(false);
        close.setText("Close; I have copied it");
        confirmation.setHeaderTitle("New secret of " + key.name());
        body.add(
                Markup.text("p", "strong", "Copy it now. It is shown this once and never again."),
                new CopyLine(Objects.requireNonNull(made.secret(), "a rotation tells its secret")),
                Markup.text("p", "hint", old(made.key().secrets())));
    }

    private static String old(List<KeySecret> secrets) {
        return secrets.stream()
                .filter(secret -> secret.endsAt() != null)
                .findFirst()
                .map(secret -> secret.start() + "… works until " + PersonTime.exact(Objects.requireNonNull(secret.endsAt())) + ". Give the new one to what uses it by then.")
                .orElse("The secret of before works no more.");
    }
}
