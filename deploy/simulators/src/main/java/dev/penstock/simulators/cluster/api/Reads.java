package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.container.ModelContainers;
import dev.penstock.simulators.cluster.kueue.KueueQueues;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.http.Exchange;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** Reading one object, whole or through a subresource. */
final class Reads {

    private final Store store;
    private final PodLog podLog;

    Reads(Store store, ModelContainers models) {
        this.store = store;
        this.podLog = new PodLog(models);
    }

    void get(Exchange exchange, Target target) throws IOException {
        if (target.subresource().equals("pendingworkloads")) {
            Answers.json(exchange, 200, new KueueQueues(store).summary(target.name()));
            return;
        }
        ObjectNode object = store.get(target.kind(), target.namespace(), target.name());
        if (object == null) {
            throw ApiFailure.notFound(target.kind(), target.name());
        }
        switch (target.subresource()) {
            case "", "status" -> Answers.json(exchange, 200, object);
            case "scale" -> Answers.json(exchange, 200, ScaleView.of(object));
            case "log" -> Answers.text(exchange, 200, podLog.read(object, exchange.request()));
            default -> throw ApiFailure.methodNotAllowed();
        }
    }
}
