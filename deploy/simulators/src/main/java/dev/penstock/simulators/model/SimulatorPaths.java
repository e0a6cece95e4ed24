package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.Exchange;
import dev.penstock.simulators.model.ModelLog.Entry;
import dev.penstock.simulators.model.fault.ModelFaultForm;
import dev.penstock.simulators.model.fault.ModelFaults;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The simulator's own paths, outside vLLM's API. {@code /simulator/faults}: GET lists the faults in force, POST adds one, PUT
 * puts the list in place of all, DELETE lifts all, or one by {@code /simulator/faults/<id>}. GET {@code /simulator/log} tells
 * what was produced, of all calls or of one by {@code ?call=}.
 */
final class SimulatorPaths {

    private static final String FAULTS = "/simulator/faults";

    private final ModelFaults faults;
    private final ModelLog log;

    SimulatorPaths(ModelFaults faults, ModelLog log) {
        this.faults = faults;
        this.log = log;
    }

    void handle(Exchange exchange) throws IOException {
        String path = exchange.request().path();
        String method = exchange.request().method();
        if (path.equals("/simulator/log") && method.equals("GET")) {
            String call = exchange.request().parameter("call");
            Replies.json(exchange, 200, log(call.isEmpty() ? log.entries() : log.entries(call)));
        } else if (path.matches(FAULTS + "/\\d{1,9}") && method.equals("DELETE")) {
            if (!faults.lift(Integer.parseInt(path.substring(FAULTS.length() + 1)))) {
                throw ModelFailure.noSuchPath();
            }
            Replies.json(exchange, 200, faults());
        } else if (path.equals(FAULTS)) {
            faults(exchange, method);
        } else {
            throw ModelFailure.noSuchPath();
        }
    }

    private void faults(Exchange exchange, String method) throws IOException {
        try {
            switch (method) {
                case "GET" -> Replies.json(exchange, 200, faults());
                case "POST" -> Replies.json(exchange, 201, ModelFaultForm.write(ModelFaultForm.add(faults, body(exchange))));
                case "PUT" -> {
                    JsonNode list = body(exchange).path("faults");
                    faults.liftAll();
                    list.forEach(form -> ModelFaultForm.add(faults, form));
                    Replies.json(exchange, 200, faults());
                }
                case "DELETE" -> {
                    faults.liftAll();
                    Replies.json(exchange, 200, faults());
                }
                default -> throw new ModelFailure(405, "BadRequestError", "Method Not Allowed", null, 0);
            }
        } catch (IllegalArgumentException | JacksonException malformed) {
            throw ModelFailure.malformed(String.valueOf(malformed.getMessage()));
        }
    }

    private static JsonNode body(Exchange exchange) {
        return Json.MAPPER.readTree(exchange.request().body());
    }

    private ObjectNode faults() {
        ObjectNode list = Json.object();
        ArrayNode entries = list.putArray("faults");
        faults.active().forEach(active -> entries.add(ModelFaultForm.write(active)));
        return list;
    }

    private static ObjectNode log(List<Entry> entries) {
        ObjectNode log = Json.object();
        ArrayNode calls = log.putArray("calls");
        for (Entry entry : entries) {
            calls.addObject().put("number", entry.number()).put("call", entry.call()).put("attempt", entry.attempt())
                    .put("path", entry.path()).put("state", entry.state().name().toLowerCase(Locale.ROOT))
                    .put("status", entry.status()).put("prompt", entry.prompt()).put("cached", entry.cached())
                    .put("completion", entry.completion());
        }
        return log;
    }
}
