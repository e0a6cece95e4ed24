package dev.penstock.ui.keys;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.KeySecret;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.Toast;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The two secrets of a key that is being rotated: which is used, and ending one of them. */
final class SecretsDialog {

    private final KeysApi keys;
    private final KeyView key;
    private final Instant now;
    private final Confirmation confirmation;

    SecretsDialog(KeysApi keys, KeyView key, Instant now) {
        this.keys = keys;
        this.key = key;
        this.now = now;
        confirmation = new Confirmation(
                "Secrets of " + key.name(),
                Markup.text("p", "", "Within two seconds no call with the one that is ended is accepted. It cannot be undone; the other keeps the end it has."),
                secret("The new one", "End the new one", key.secrets().getFirst()),
                secret("The old one", "End the old one", key.secrets().getLast()));
        confirmation.getFooter().add(Action.of("Keep both", confirmation::close));
    }

    Confirmation confirmation() {
        return confirmation;
    }

    private Markup secret(String title, String end, KeySecret secret) {
        return Markup.of(
                "section",
                "stack tight",
                Markup.of(
                        "ul",
                        "loses",
                        Markup.of("li", "", Markup.text("span", "strong", title), Markup.text("span", "mono", secret.start() + "…")),
                        Markup.of("li", "", Markup.text("span", "", "Made"), Moment.ago(secret.madeAt(), now)),
                        Markup.of("li", "", Markup.text("span", "", "Last used"), ago(secret.lastUsedAt())),
                        Markup.of("li", "", Markup.text("span", "", "Works"), until(secret.endsAt()))),
                Action.danger(end, () -> confirmation.attempt(() -> {
                    keys.endSecret(key.tenant(), key.id(), secret.start());
                    Toast.done("The secret " + secret.start() + "… is ended.");
                })).css("small"));
    }

    private Component ago(@Nullable Instant used) {
        return used == null ? Markup.text("span", "", "never") : Moment.ago(used, now);
    }

    private Component until(@Nullable Instant end) {
        return end == null ? Markup.text("span", "", "as long as the key") : Markup.of("span", "", Markup.plain("for "), Moment.until(end, now));
    }
}
