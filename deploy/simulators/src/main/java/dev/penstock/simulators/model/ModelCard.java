package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** What the server says of itself and of its model. */
record ModelCard(EngineSettings engine, Instant created) {

    /** The version whose behaviour is simulated; the suffix keeps anybody from taking this for an engine. */
    static final String VERSION = "0.11.0+penstock-simulator";

    ObjectNode list() {
        ObjectNode list = Json.object().put("object", "list");
        list.putArray("data").add(model());
        return list;
    }

    ObjectNode model() {
        return Json.object().put("id", engine.servedModelName()).put("object", "model")
                .put("created", created.getEpochSecond()).put("owned_by", "vllm").put("root", engine.model())
                .putNull("parent").put("max_model_len", engine.maxModelLen());
    }
}
