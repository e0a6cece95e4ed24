package dev.penstock.ui.keys;

import dev.penstock.contract.quota.KeyView;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.Toast;
import java.time.Instant;

/** Ends a key for good. */
final class RevokeDialog {

    private RevokeDialog() {}

    /** @param models that it may call, in words */
    static Confirmation of(KeysApi keys, KeyView key, String models, Instant now) {
        Instant used = key.lastUsedAt();
        var confirmation = new Confirmation(
                "Revoke " + key.name() + "?",
                Markup.text("p", "", "Within two seconds no call with it is accepted. It cannot be undone: what uses it needs another key."),
                Markup.of(
                        "ul",
                        "loses",
                        Markup.of("li", "", Markup.text("span", "", "Last used"), used == null ? Markup.text("span", "", "never") : Moment.ago(used, now)),
                        Markup.of("li", "", Markup.text("span", "", "May call"), Markup.text("span", "", models)),
                        Markup.of("li", "", Markup.text("span", "", "Project"), Markup.text("span", "", key.projectName()))));
        return confirmation.buttons("Keep it", Action.danger("Revoke " + key.name(), () -> confirmation.attempt(() -> {
            keys.revoke(key.tenant(), key.id());
            Toast.done("Key " + key.name() + " is revoked.");
        })).css("primary"));
    }
}
