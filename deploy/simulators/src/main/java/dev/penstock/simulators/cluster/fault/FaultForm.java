package dev.penstock.simulators.cluster.fault;

import dev.penstock.simulators.cluster.fault.Fault.ApiDown;
import dev.penstock.simulators.cluster.fault.Fault.Answer;
import dev.penstock.simulators.cluster.fault.Fault.ContainerMatch;
import dev.penstock.simulators.cluster.fault.Fault.CrashLoop;
import dev.penstock.simulators.cluster.fault.Fault.ImagePull;
import dev.penstock.simulators.cluster.fault.Fault.LoseAnswer;
import dev.penstock.simulators.cluster.fault.Fault.MigFails;
import dev.penstock.simulators.cluster.fault.Fault.NodeLost;
import dev.penstock.simulators.cluster.fault.Fault.RequestMatch;
import dev.penstock.simulators.cluster.fault.Fault.Slow;
import dev.penstock.simulators.cluster.fault.Faults.Active;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Faults as JSON: {@code {"fault": "answer", "status": 429, "verb": "patch", "resource": "pods", "times": 3}}. Beside what
 * each fault has of its own, all take {@code times} and {@code seconds}.
 */
public final class FaultForm {

    private FaultForm() {
    }

    /**
     * Puts the fault the JSON describes in force.
     *
     * @throws IllegalArgumentException when it cannot be read; the message names the member
     */
    public static Active add(Faults faults, JsonNode form) {
        double seconds = form.path("seconds").asDouble(0);
        @Nullable Duration lasting = seconds > 0 ? Duration.ofMillis((long) (seconds * 1000)) : null;
        return faults.add(read(form), form.path("times").asInt(Faults.FOREVER), lasting);
    }

    private static Fault read(JsonNode form) {
        RequestMatch request = new RequestMatch(Json.text(form, "verb"), Json.text(form, "resource"),
                Json.text(form, "namespace"), Json.text(form, "name"));
        ContainerMatch container = ContainerMatch.of(Json.text(form, "image"), Json.text(form, "pod"));
        return switch (Json.text(form, "fault")) {
            case "api-down" -> new ApiDown(form.path("drop").asBoolean(false));
            case "answer" -> new Answer(
                    request, form.path("status").asInt(500), form.path("retryAfterSeconds").asInt(0));
            case "slow" -> new Slow(request, Duration.ofMillis(form.path("millis").asLong(1000)));
            case "lose-answer" -> new LoseAnswer(request);
            case "image-pull" -> new ImagePull(container);
            case "crash-loop" -> new CrashLoop(container, form.path("exitCode").asInt(1));
            case "node-lost" -> new NodeLost(Json.text(form, "node"));
            case "mig-fails" -> new MigFails(Json.text(form, "node"));
            default -> throw new IllegalArgumentException("fault: must be one of api-down, answer, slow, lose-answer, "
                    + "image-pull, crash-loop, node-lost, mig-fails");
        };
    }

    /** The fault as JSON, with its id and what is left of it. */
    public static ObjectNode write(Active active) {
        ObjectNode form = Json.object().put("id", active.id());
        switch (active.fault()) {
            case ApiDown down -> form.put("fault", "api-down").put("drop", down.drop());
            case Answer answer -> request(form.put("fault", "answer"), answer.on())
                    .put("status", answer.status()).put("retryAfterSeconds", answer.retryAfterSeconds());
            case Slow slow -> request(form.put("fault", "slow"), slow.on()).put("millis", slow.delay().toMillis());
            case LoseAnswer lose -> request(form.put("fault", "lose-answer"), lose.on());
            case ImagePull pull -> container(form.put("fault", "image-pull"), pull.on());
            case CrashLoop crash -> container(form.put("fault", "crash-loop"), crash.on()).put("exitCode", crash.exitCode());
            case NodeLost lost -> form.put("fault", "node-lost").put("node", lost.node());
            case MigFails fails -> form.put("fault", "mig-fails").put("node", fails.node());
        }
        if (active.times() != Faults.FOREVER) {
            form.put("times", active.times());
        }
        if (active.until() != null) {
            form.put("until", active.until().toString());
        }
        return form;
    }

    private static ObjectNode request(ObjectNode form, RequestMatch on) {
        return form.put("verb", on.verb()).put("resource", on.resource())
                .put("namespace", on.namespace()).put("name", on.name());
    }

    private static ObjectNode container(ObjectNode form, ContainerMatch on) {
        return form.put("image", on.image().pattern()).put("pod", on.pod().pattern());
    }
}
