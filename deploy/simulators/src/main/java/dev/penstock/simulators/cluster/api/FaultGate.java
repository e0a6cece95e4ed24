package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.fault.Fault.Answer;
import dev.penstock.simulators.cluster.fault.Fault.ApiDown;
import dev.penstock.simulators.cluster.fault.Fault.LoseAnswer;
import dev.penstock.simulators.cluster.fault.Fault.OfRequest;
import dev.penstock.simulators.cluster.fault.Fault.RequestMatch;
import dev.penstock.simulators.cluster.fault.Fault.Slow;
import dev.penstock.simulators.cluster.fault.Faults;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.http.Exchange;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where request faults strike: before the API has looked at the request, and between its deed and its answer. */
final class FaultGate {

    /** What became of a request at the gate. */
    enum Passage {
        /** Go on. */
        OPEN,
        /** Go on, but the answer will not arrive. */
        ANSWER_LOST,
        /** The connection is gone. */
        DROPPED
    }

    private final Faults faults;
    /** Nothing ever counts this down: waiting on it is how a slow answer takes its time and still ends on interruption. */
    private final CountDownLatch never = new CountDownLatch(1);

    FaultGate(Faults faults) {
        this.faults = faults;
    }

    /**
     * Lets the request pass, or not.
     *
     * @throws ApiFailure when a fault answers in the API's place
     */
    Passage pass(Exchange exchange, @Nullable Target target) throws IOException, InterruptedException {
        RequestMatch request = target == null
                ? new RequestMatch("get", "", "", "")
                : new RequestMatch(target.verb(exchange.request()), target.resource(), target.namespace(), target.name());
        Passage passage = Passage.OPEN;
        for (OfRequest fault : faults.strike(request)) {
            switch (fault) {
                case ApiDown down -> {
                    if (down.drop()) {
                        exchange.drop();
                        return Passage.DROPPED;
                    }
                    throw ApiFailure.of(503, "ServiceUnavailable", "the simulated API server is down");
                }
                case Answer answer -> throw answer(answer);
                case Slow slow -> {
                    boolean unused = never.await(slow.delay().toMillis(), TimeUnit.MILLISECONDS);
                }
                case LoseAnswer lose -> passage = Passage.ANSWER_LOST;
            }
        }
        return passage;
    }

    private static ApiFailure answer(Answer answer) {
        Optional<String> reason = switch (answer.status()) {
            case 401 -> Optional.of("Unauthorized");
            case 403 -> Optional.of("Forbidden");
            case 404 -> Optional.of("NotFound");
            case 409 -> Optional.of("Conflict");
            case 410 -> Optional.of("Expired");
            case 422 -> Optional.of("Invalid");
            case 429 -> Optional.of("TooManyRequests");
            case 500 -> Optional.of("InternalError");
            case 503 -> Optional.of("ServiceUnavailable");
            case 504 -> Optional.of("Timeout");
            default -> Optional.empty();
        };
        ApiFailure failure = ApiFailure.of(answer.status(), reason.orElse("Unknown"), "a fault on demand: " + answer.status());
        return answer.retryAfterSeconds() > 0 ? failure.retryAfter(answer.retryAfterSeconds()) : failure;
    }
}
