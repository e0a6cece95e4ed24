package dev.penstock.quota.gateway;

import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.gateway.wire.TokenBounds;
import dev.penstock.quota.grant.Grants;
import dev.penstock.quota.route.Route;
import java.time.Duration;
import java.util.Map;

/** Step 2: where does the model live, and what can it cost at most? */
final class Locating {

    private static final Map<String, String> SOON = Retry.after(Duration.ofSeconds(5));
    private static final int LONGEST_NAME = 300;

    private final Grants grants;

    Locating(Grants grants) {
        this.grants = grants;
    }

    /** @throws Refusal 400, 404, 503 */
    Stage.Located locate(Stage.Asked asked) {
        String name = asked.body().model();
        if (name.length() > LONGEST_NAME) {
            throw new Refusal(OpenAiError.noSuchModel(name.substring(0, LONGEST_NAME) + "…"));
        }
        Route route = grants.model(asked.holder(), name).orElseThrow(() -> new Refusal(OpenAiError.noSuchModel(name)));
        if (!route.tasks().contains(asked.operation().task())) {
            throw new Refusal(OpenAiError.invalid("model", "The model `" + name + "` does not answer " + asked.operation().path() + "."));
        }
        if (!route.serving() || route.engineKey() == null) {
            throw new Refusal(OpenAiError.unavailable("model_not_ready", "The model `" + name + "` is not running now."), SOON);
        }
        TokenBounds bounds = TokenBounds.of(asked.operation().atEngine(), asked.body(), Stage.Located.facts(route));
        if (bounds.input() > Ask.Bound.MOST || bounds.output() > Ask.Bound.MOST) {
            throw new Refusal(OpenAiError.invalid(null, "This asks for more at once than can be set aside."));
        }
        return new Stage.Located(asked, route, bounds);
    }
}
