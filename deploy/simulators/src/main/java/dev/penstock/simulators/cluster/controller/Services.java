package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.container.LoopbackAddresses;
import dev.penstock.simulators.cluster.network.Relay;
import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.LabelSelector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes services answer: each of their TCP ports listens as long as a ready pod stands behind it, and refuses connections
 * otherwise.
 */
final class Services implements Controller, AutoCloseable {

    private static final String NAME = "service-proxy";
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Registry registry;
    private final Events events;
    private final Loop loop;
    /** By namespace, service and port. */
    private final Map<String, Relay> relays = new HashMap<>();

    Services(Registry registry, Events events, Loop loop) {
        this.registry = registry;
        this.events = events;
        this.loop = loop;
    }

    @Override
    public void changed(Change change) {
        if (change.kind().equals(Kinds.SERVICE) || change.kind().equals(Kinds.POD)) {
            plan(change.namespace(), Duration.ZERO);
        }
    }

    private void plan(String namespace, Duration delay) {
        loop.once("services " + namespace + " " + delay, delay, () -> follow(namespace));
    }

    private void follow(String namespace) {
        List<String> unused = new ArrayList<>(new TreeSet<>(relays.keySet()));
        unused.removeIf(key -> !key.startsWith(namespace + "/"));
        List<ObjectNode> pods = registry.store().list(Kinds.POD, namespace).stream()
                .filter(pod -> Conditions.isTrue(pod, "Ready") && !Meta.isTerminating(pod)).toList();
        for (ObjectNode service : registry.store().list(Kinds.SERVICE, namespace)) {
            String address = Json.text(service, "spec", "clusterIP");
            for (ObjectNode port : address.startsWith("127.") ? Json.objects(service, "spec", "ports") : List.<ObjectNode>of()) {
                List<InetSocketAddress> backs = behind(service, port, pods);
                String key = namespace + "/" + Meta.uid(service) + "/" + Json.text(port, "port");
                if (!backs.isEmpty() && Json.text(port, "protocol").equals("TCP")) {
                    unused.remove(key);
                    listen(service, key, new InetSocketAddress(address, port.path("port").asInt(0)), backs);
                }
            }
        }
        for (String key : unused) {
            Objects.requireNonNull(relays.remove(key)).close();
        }
    }

    private void listen(ObjectNode service, String key, InetSocketAddress front, List<InetSocketAddress> backs) {
        Relay relay = relays.get(key);
        if (relay != null) {
            relay.turnTo(backs);
            return;
        }
        try {
            relays.put(key, Relay.open(front, backs));
        } catch (IOException taken) {
            events.warning(service, NAME, "FailedToListen", LoopbackAddresses.explain(front.getHostString(), taken));
            plan(Meta.namespace(service), RETRY);
        }
    }

    private static List<InetSocketAddress> behind(ObjectNode service, ObjectNode port, List<ObjectNode> pods) {
        JsonNode selector = Json.at(service, "spec", "selector");
        if (selector.isEmpty()) {
            return List.of();
        }
        ObjectNode labels = Json.object();
        labels.set("matchLabels", selector);
        LabelSelector selected = LabelSelector.of(labels);
        List<InetSocketAddress> backs = new ArrayList<>();
        for (ObjectNode pod : pods) {
            int target = Ports.number(pod, port.path("targetPort"));
            if (target > 0 && selected.matches(Meta.labels(pod))) {
                backs.add(new InetSocketAddress(Json.text(pod, "status", "podIP"), target));
            }
        }
        return backs;
    }

    @Override
    public void close() {
        relays.values().forEach(Relay::close);
    }
}
