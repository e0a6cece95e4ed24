package dev.penstock.simulators.model.fault;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.model.fault.ModelFault.Answer;
import dev.penstock.simulators.model.fault.ModelFault.BigEvent;
import dev.penstock.simulators.model.fault.ModelFault.Cut;
import dev.penstock.simulators.model.fault.ModelFault.ErrorEvent;
import dev.penstock.simulators.model.fault.ModelFault.Hang;
import dev.penstock.simulators.model.fault.ModelFault.InvalidJson;
import dev.penstock.simulators.model.fault.ModelFault.NoDone;
import dev.penstock.simulators.model.fault.ModelFault.OneByte;
import dev.penstock.simulators.model.fault.ModelFault.Slow;
import dev.penstock.simulators.model.fault.ModelFault.SplitUsage;
import dev.penstock.simulators.model.fault.ModelFault.Usage;
import dev.penstock.simulators.model.fault.ModelFaults.Active;
import dev.penstock.simulators.model.fault.ModelFaults.Match;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Faults as JSON: {@code {"fault": "cut", "event": 3, "call": "…", "every": 2, "times": 5}}. Beside what each fault has of its
 * own, all take {@code model}, {@code call}, {@code path}, {@code every} and {@code times}.
 */
public final class ModelFaultForm {

    private static final int BIG_EVENT = 16 * 1024 * 1024;

    private ModelFaultForm() {
    }

    /**
     * Puts the fault the JSON describes in force.
     *
     * @throws IllegalArgumentException when it cannot be read; the message names the member
     */
    public static Active add(ModelFaults faults, JsonNode form) {
        Match on = new Match(Json.text(form, "model"), Json.text(form, "call"), Json.text(form, "path"),
                form.path("every").asInt(1));
        return faults.add(read(form), on, form.path("times").asInt(ModelFaults.FOREVER));
    }

    private static ModelFault read(JsonNode form) {
        int event = form.path("event").asInt(0);
        return switch (Json.text(form, "fault")) {
            case "answer" -> new Answer(form.path("status").asInt(500), form.path("retryAfterSeconds").asInt(0));
            case "slow" -> new Slow(Duration.ofMillis(form.path("firstMillis").asLong(0)),
                    Duration.ofMillis(form.path("tokenMillis").asLong(0)));
            case "cut" -> new Cut(event);
            case "hang" -> new Hang(event);
            case "error-event" -> new ErrorEvent(event);
            case "invalid-json" -> new InvalidJson(event);
            case "usage" -> new Usage(lie(Json.text(form, "lie")));
            case "no-done" -> new NoDone();
            case "one-byte" -> new OneByte();
            case "split-usage" -> new SplitUsage();
            case "big-event" -> new BigEvent(form.path("bytes").asInt(BIG_EVENT));
            default -> throw new IllegalArgumentException("fault: must be one of answer, slow, cut, hang, error-event, "
                    + "invalid-json, usage, no-done, one-byte, split-usage, big-event");
        };
    }

    private static UsageLie lie(String name) {
        return Arrays.stream(UsageLie.values()).filter(lie -> word(lie).equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("lie: must be one of "
                        + String.join(", ", Arrays.stream(UsageLie.values()).map(ModelFaultForm::word).toList())));
    }

    private static String word(UsageLie lie) {
        return lie.name().toLowerCase(Locale.ROOT);
    }

    /** The fault as JSON, with its id and what is left of it. */
    public static ObjectNode write(Active active) {
        ObjectNode form = Json.object().put("id", active.id());
        switch (active.fault()) {
            case Answer answer -> form.put("fault", "answer").put("status", answer.status())
                    .put("retryAfterSeconds", answer.retryAfterSeconds());
            case Slow slow -> form.put("fault", "slow").put("firstMillis", slow.first().toMillis())
                    .put("tokenMillis", slow.perToken().toMillis());
            case Cut cut -> form.put("fault", "cut").put("event", cut.event());
            case Hang hang -> form.put("fault", "hang").put("event", hang.event());
            case ErrorEvent error -> form.put("fault", "error-event").put("event", error.event());
            case InvalidJson garbled -> form.put("fault", "invalid-json").put("event", garbled.event());
            case Usage usage -> form.put("fault", "usage").put("lie", word(usage.lie()));
            case NoDone noDone -> form.put("fault", "no-done");
            case OneByte oneByte -> form.put("fault", "one-byte");
            case SplitUsage split -> form.put("fault", "split-usage");
            case BigEvent big -> form.put("fault", "big-event").put("bytes", big.bytes());
        }
        form.put("model", active.on().model()).put("call", active.on().call()).put("path", active.on().path())
                .put("every", active.on().every()).put("seen", active.seen());
        if (active.times() != ModelFaults.FOREVER) {
            form.put("times", active.times());
        }
        return form;
    }
}
