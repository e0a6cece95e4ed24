package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.fault.FaultForm;
import dev.penstock.simulators.cluster.fault.Faults;
import dev.penstock.simulators.cluster.kueue.Kueue;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.Exchange;
import java.io.IOException;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The simulator's own paths, outside the Kubernetes API. {@code /simulator/faults}: GET lists the faults in force, POST adds
 * one, PUT puts the list in place of all, DELETE lifts all, or one by {@code /simulator/faults/<id>}. POST to {@code
 * /simulator/watches/cut} ends all watches, to {@code /simulator/history/compact} forgets the history (410 for old versions). PUT to {@code
 * /simulator/kueue} installs Kueue, DELETE removes it, POST to {@code /simulator/kueue/preempt/<namespace>/<pod>} makes it take that pod's quota back.
 */
final class FaultPaths {

    private static final String FAULTS = "/simulator/faults";
    private static final String KUEUE = "/simulator/kueue";

    private final Faults faults;
    private final Store store;
    private final Kueue kueue;

    FaultPaths(Faults faults, Store store, Kueue kueue) {
        this.faults = faults;
        this.store = store;
        this.kueue = kueue;
    }

    void handle(Exchange exchange) throws IOException {
        String path = exchange.request().path();
        String method = exchange.request().method();
        if (path.equals("/simulator/watches/cut") && method.equals("POST")) {
            store.cutWatches();
            Answers.json(exchange, 200, Json.object());
        } else if (path.equals("/simulator/history/compact") && method.equals("POST")) {
            store.compact();
            Answers.json(exchange, 200, Json.object());
        } else if (path.equals(KUEUE) && (method.equals("PUT") || method.equals("DELETE"))) {
            kueue.install(method.equals("PUT"));
            Answers.json(exchange, 200, Json.object());
        } else if (path.matches(KUEUE + "/preempt/[^/]+/[^/]+") && method.equals("POST")) {
            String[] pod = path.substring((KUEUE + "/preempt/").length()).split("/");
            kueue.preempt(pod[0], pod[1]);
            Answers.json(exchange, 200, Json.object());
        } else if (path.matches(FAULTS + "/\\d{1,9}") && method.equals("DELETE")) {
            lift(exchange, Integer.parseInt(path.substring(FAULTS.length() + 1)));
        } else if (path.equals(FAULTS)) {
            handleAll(exchange, method);
        } else {
            throw ApiFailure.noSuchPath();
        }
    }

    private void lift(Exchange exchange, int id) throws IOException {
        if (!faults.lift(id)) {
            throw ApiFailure.of(404, "NotFound", "no fault " + id + " is in force");
        }
        Answers.json(exchange, 200, list());
    }

    private void handleAll(Exchange exchange, String method) throws IOException {
        JsonNode body = Bodies.json(exchange.request());
        try {
            switch (method) {
                case "GET" -> Answers.json(exchange, 200, list());
                case "POST" -> Answers.json(exchange, 201, FaultForm.write(FaultForm.add(faults, body)));
                case "PUT" -> {
                    faults.liftAll();
                    body.path("faults").forEach(form -> FaultForm.add(faults, form));
                    Answers.json(exchange, 200, list());
                }
                case "DELETE" -> {
                    faults.liftAll();
                    Answers.json(exchange, 200, list());
                }
                default -> throw ApiFailure.methodNotAllowed();
            }
        } catch (PatternSyntaxException malformed) {
            throw ApiFailure.badRequest("image, pod: not a regular expression: " + malformed.getDescription());
        } catch (IllegalArgumentException malformed) {
            throw ApiFailure.badRequest(String.valueOf(malformed.getMessage()));
        }
    }

    private ObjectNode list() {
        ObjectNode list = Json.object();
        ArrayNode entries = list.putArray("faults");
        faults.active().forEach(active -> entries.add(FaultForm.write(active)));
        return list;
    }
}
