package dev.penstock.standalone.demo;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.standalone.client.ModelAnswer;
import java.math.BigInteger;
import java.time.Duration;

/** Limits on a key: what they refuse, and in which words. */
final class LimitAct implements Act {

    private static final int MOST_TOKENS = 20;
    private static final String NEVER = "false";
    private static final Duration HOLDS = Duration.ofSeconds(2);

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
            ModelAnswer refused = askUntil("429 insufficient_quota");
            Unexpected.unlessSame("x-should-retry", NEVER, refused.header("x-should-retry"));
            return "429 insufficient_quota, not to be retried: " + refused.errorMessage();
        });
    }

    private String requests() {
        return under(Meter.REQUESTS, Window.MINUTE, BigInteger.ONE, () -> {
            // Also if the minute is new, and its one call still to be had.
            ModelAnswer refused = askUntil("429 rate_limit_exceeded");
            Unexpected.unless(!refused.header("retry-after").isEmpty(), "a time to try again", refused.headers());
            return "429 rate_limit_exceeded, again after " + refused.header("retry-after") + " s: " + refused.errorMessage();
        });
    }

    private String answered() {
        return askUntil("200").outputTokens() + " tokens out";
    }

    /** A limit that is set or removed holds within 2 s on every replica: until then a call may be answered as before. */
    private ModelAnswer askUntil(String expected) {
        return Patience.until("a call is answered " + expected, HOLDS, this::ask, answer -> told(answer).equals(expected), LimitAct::told);
    }

    private static String told(ModelAnswer answer) {
        return (answer.status() + " " + answer.errorCode()).strip();
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
