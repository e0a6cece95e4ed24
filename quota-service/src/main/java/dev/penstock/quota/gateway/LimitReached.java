package dev.penstock.quota.gateway;

import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import java.util.Map;

/** A refusal by a limit, with its numbers. */
final class LimitReached extends Refusal {

    private static final long serialVersionUID = 1L;

    private final transient Verdict.Refused refused;

    LimitReached(OpenAiError error, Map<String, String> headers, Verdict.Refused refused) {
        super(error, headers);
        this.refused = refused;
    }

    Verdict.Refused refused() {
        return refused;
    }
}
