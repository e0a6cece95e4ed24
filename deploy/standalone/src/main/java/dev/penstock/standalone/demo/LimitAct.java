package dev.penstock.standalone.demo;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.standalone.client.ModelAnswer;
import java.math.BigInteger;

/** Limits on a key: what they refuse, and in which words. */
final class LimitAct implements Act {

    private static final int MOST_TOKENS = 20;
    private static final String NEVER = "false";

    private final Cast cast;

    LimitAct(Cast cast) {
        this.cast = cast;
    }

    @Override
    public void play(Stage stage) {
        stage.step("a limit of 10 tokens a month on the key refuses a call", this::tokens);
        stage.step("a limit of 1 call a minute refuses until the minute is over", this::requests);
        stage.step("without the limits the call is answered", this::answered);
    }

    private String tokens() {
        return under(Meter.TOKENS, Window.MONTH, BigInteger.TEN, () -> {
            ModelAnswer refused = ask();
            Unexpected.unlessSame("the answer", "429 insufficient_quota", refused.status() + " " + refused.errorCode());
            Unexpected.unlessSame("x-should-retry", NEVER, refused.header("x-should-retry"));
            return "429 insufficient_quota, not to be retried: " + refused.errorMessage();
        });
    }

    private String requests() {
        return under(Meter.REQUESTS, Window.MINUTE, BigInteger.ONE, () -> {
            ModelAnswer refused = ask();
            if (refused.status() == 200) {
                // The minute was new, and this was its one call.
                refused = ask();
            }
            Unexpected.unlessSame("the answer", "429 rate_limit_exceeded", refused.status() + " " + refused.errorCode());
            Unexpected.unless(!refused.header("retry-after").isEmpty(), "a time to try again", refused.headers());
            return "429 rate_limit_exceeded, again after " + refused.header("retry-after") + " s: " + refused.errorMessage();
        });
    }

    private String answered() {
        ModelAnswer answer = ask();
        Unexpected.unlessSame("the answer", 200, answer.status());
        return answer.outputTokens() + " tokens out";
    }

    private ModelAnswer ask() {
        return cast.caller().chat(cast.endpoint.get().callName(), "Hello?", MOST_TOKENS);
    }

    /** While the key has one limit more. */
    private String under(Meter meter, Window window, BigInteger amount, Stage.Step step) {
        TenantId tenant = cast.home.get().tenant();
        LimitId limit = new LimitId(cast.ids.get());
        cast.admin.limits().put(tenant, limit, new LimitSpec(cast.home.get().project(), cast.keyId(), null, meter, null, null, window, amount, true, null, "For the demo."));
        try {
            return step.play();
        } finally {
            cast.admin.limits().remove(tenant, limit);
        }
    }
}
