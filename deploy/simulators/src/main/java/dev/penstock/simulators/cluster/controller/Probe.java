package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.tree.Json;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One question to a container: is it well? Asked as a kubelet asks, at the pod's own address. */
final class Probe {

    /** What the answer decides. */
    enum Kind {
        STARTUP("startupProbe", "Startup"), LIVENESS("livenessProbe", "Liveness"), READINESS("readinessProbe", "Readiness");

        private final String field;
        private final String title;

        Kind(String field, String title) {
            this.field = field;
            this.title = title;
        }

        /** The probe of this kind that the container has, a missing node when it has none. */
        JsonNode of(JsonNode container) {
            return container.path(field);
        }

        String title() {
            return title;
        }
    }

    private static final int MILLIS = 1000;

    private Probe() {
    }

    /** Whether the container has any that says when it is started or ready. */
    static boolean decidesReadiness(JsonNode container) {
        return container.has(Kind.STARTUP.field) || container.has(Kind.READINESS.field);
    }

    /** Asks; empty when all is well, otherwise what is wrong in the words of a kubelet. Commands cannot be run and pass. */
    static Optional<String> ask(ObjectNode pod, JsonNode probe) {
        String address = Json.text(pod, "status", "podIP");
        int timeout = probe.path("timeoutSeconds").asInt(1) * MILLIS;
        if (probe.path("httpGet") instanceof ObjectNode get) {
            return http("http://" + address + ":" + Ports.number(pod, get.path("port"))
                    + (Json.text(get, "path").isEmpty() ? "/" : Json.text(get, "path")), get, timeout);
        }
        if (probe.path("tcpSocket") instanceof ObjectNode tcp) {
            return tcp(new InetSocketAddress(address, Ports.number(pod, tcp.path("port"))), timeout);
        }
        return Optional.empty();
    }

    private static Optional<String> http(String url, ObjectNode get, int timeout) {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(timeout);
            connection.setReadTimeout(timeout);
            connection.setRequestProperty("User-Agent", "kube-probe/1.36");
            connection.setRequestProperty("Connection", "close");
            for (ObjectNode header : Json.objects(get, "httpHeaders")) {
                connection.setRequestProperty(Json.text(header, "name"), Json.text(header, "value"));
            }
            int status = connection.getResponseCode();
            connection.disconnect();
            return status >= 200 && status < 400 ? Optional.empty()
                    : Optional.of("HTTP probe failed with statuscode: " + status);
        } catch (IOException | IllegalArgumentException failed) {
            return Optional.of("Get \"" + url + "\": " + failed.getMessage());
        }
    }

    private static Optional<String> tcp(InetSocketAddress address, int timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(address, timeout);
            return Optional.empty();
        } catch (IOException failed) {
            return Optional.of("dial tcp " + address.getHostString() + ":" + address.getPort() + ": " + failed.getMessage());
        }
    }
}
