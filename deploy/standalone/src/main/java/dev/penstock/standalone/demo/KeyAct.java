package dev.penstock.standalone.demo;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.quota.KeyMade;
import dev.penstock.contract.quota.KeySpec;
import dev.penstock.standalone.client.ModelAnswer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A key for an application: told once, and good for what its project may call. */
final class KeyAct implements Act {

    private static final Duration GATEWAY_KNOWS = Duration.ofSeconds(10);

    private final Cast cast;

    KeyAct(Cast cast) {
        this.cast = cast;
    }

    @Override
    public void play(Stage stage) {
        stage.step("the scientist makes a key", this::make);
        stage.step("the key lists what it may call", this::models);
    }

    private String make() {
        Cast.Home home = cast.home.get();
        KeySpec spec = new KeySpec("demo-" + cast.suffix, cast.clock.instant().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS), null, null, null, null);
        KeyId id = new KeyId(cast.ids.get());
        KeyMade made = cast.key.set(cast.scientist.keys().make(home.tenant(), home.project(), id, spec));
        Unexpected.unless(made.secret() != null && made.secret().startsWith("psk_"), "a secret that begins with psk_", made.key());
        Unexpected.unless(cast.scientist.keys().make(home.tenant(), home.project(), id, spec).secret() == null, "no secret the second time", "one");
        return made.key().start() + "…, told once";
    }

    private String models() {
        String own = cast.endpoint.get().callName();
        ModelAnswer answer = Patience.until("the gateway knows " + own, GATEWAY_KNOWS, () -> cast.caller().models(),
                seen -> names(seen).containsAll(List.of(own, Cast.SHARED_CHAT, Cast.SHARED_EMBEDDINGS)),
                seen -> seen.status() + " " + seen.body());
        return String.join(", ", names(answer));
    }

    private static List<String> names(ModelAnswer answer) {
        return answer.body().path("data").valueStream().map(model -> model.path("id").asString("")).toList();
    }
}
