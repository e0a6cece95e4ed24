package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.journal.Cause;

/** No engine was reached, so none has worked. */
final class Unreachable {

    private Unreachable() {}

    static void refuse(EngineCall call) {
        OpenAiError error = OpenAiError.unavailable("model_not_ready", "The model's server cannot be reached now.");
        call.exchange().refuse(new Refusal(error, Retry.AFTER_A_SECOND));
        call.end(Ending.failed(call.exchange().gone() ? Ending.CLIENT_CLOSED : error.status(), Cause.UPSTREAM_FAILED));
    }
}
