package dev.penstock.standalone.demo;

import dev.penstock.contract.quota.KeyView;
import dev.penstock.standalone.client.ModelAnswer;
import dev.penstock.standalone.client.ModelClient;
import java.time.Duration;

/** A key ends when somebody says so. */
final class RevokeAct implements Act {

    private static final Duration HOLDS = Duration.ofSeconds(2);

    private final Cast cast;

    RevokeAct(Cast cast) {
        this.cast = cast;
    }

    @Override
    public void play(Stage stage) {
        stage.step("the scientist revokes the key", this::revoke);
    }

    private String revoke() {
        ModelClient caller = cast.caller();
        KeyView key = cast.scientist.keys().revoke(cast.home.get().tenant(), cast.keyId());
        Unexpected.unlessSame("its state", KeyView.State.REVOKED, key.state());
        ModelAnswer refused = Patience.until("the gateway refuses it", HOLDS, caller::models, answer -> answer.status() == 401, ModelAnswer::status);
        return "refused with 401 " + refused.errorCode();
    }
}
