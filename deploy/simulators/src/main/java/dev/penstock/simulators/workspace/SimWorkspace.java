package dev.penstock.simulators.workspace;

import dev.penstock.simulators.http.Exchange;
import dev.penstock.simulators.http.HttpListener;
import dev.penstock.simulators.http.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A played notebook or editor server. Nothing can be computed in it. */
public final class SimWorkspace implements AutoCloseable {

    private final String title;
    private final AtomicInteger visits;
    private final HttpListener listener;

    private SimWorkspace(String title, AtomicInteger visits, HttpListener listener) {
        this.title = title;
        this.visits = visits;
        this.listener = listener;
    }

    /**
     * Starts it; when this returns it answers.
     *
     * @param title what it plays
     * @param visits how often its page was opened: what is kept on its volume
     * @throws IOException when the address or port cannot be had
     */
    public static SimWorkspace start(String title, InetAddress address, int port, AtomicInteger visits) throws IOException {
        SimWorkspace workspace = new SimWorkspace(title, visits, HttpListener.bind(address, port));
        workspace.listener.serve(workspace::handle);
        return workspace;
    }

    private void handle(Exchange exchange) throws IOException {
        Request request = exchange.request();
        if (request.asksForWebSocket()) {
            exchange.converse(text -> "simulator heard: " + text);
            return;
        }
        switch (request.path()) {
            case "/" -> answer(exchange, 200, "text/html; charset=utf-8", page());
            case "/api", "/healthz" -> answer(exchange, 200, "application/json", "{\"simulator\":true}");
            // What reached it, line by line.
            case "/headers" -> answer(exchange, 200, "text/plain", request.headers().entrySet().stream()
                    .map(header -> header.getKey() + ": " + header.getValue() + "\n")
                    .collect(Collectors.joining()));
            case "/echo" -> exchange.respond(200, Map.of("Content-Type", "application/octet-stream"), request.body());
            case "/cookie" -> exchange.respond(200, Map.of("Set-Cookie", request.parameter("value")), new byte[0]);
            case "/redirect" -> exchange.respond(302, Map.of("Location", request.parameter("to")), new byte[0]);
            default -> answer(exchange, 404, "text/plain", "The simulator has no such page.\n");
        }
    }

    private static void answer(Exchange exchange, int status, String type, String text) throws IOException {
        exchange.respond(status, Map.of("Content-Type", type), text.getBytes(StandardCharsets.UTF_8));
    }

    private String page() {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>%1$s (simulator)</title>
                <style>
                :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
                body { max-width: 40rem; margin: 12vh auto; padding: 0 1rem; }
                .note { border-left: 4px solid #b7791f; padding: .4rem 1rem; }
                input { font: inherit; padding: .3rem .5rem; } button { font: inherit; padding: .3rem .9rem; }
                </style></head>
                <body><h1>%1$s</h1>
                <p class="note"><strong>This is a simulator.</strong> On a cluster, the image's own server answers here; nothing can be computed on this page.</p>
                <p>Opened <strong id="visits">%2$d</strong> times since this volume was made.</p>
                <form id="say"><label>Web socket: <input id="text" value="hello"></label> <button>Send</button></form>
                <p><output id="heard"></output></p>
                <script>
                const socket = new WebSocket(location.origin.replace('http', 'ws') + '/socket');
                const heard = document.getElementById('heard');
                socket.onopen = () => { heard.textContent = 'connected'; };
                socket.onmessage = message => { heard.textContent = message.data; };
                socket.onclose = () => { heard.textContent = 'closed'; };
                document.getElementById('say').onsubmit = event => { event.preventDefault(); socket.send(document.getElementById('text').value); };
                </script></body></html>
                """.formatted(title, visits.incrementAndGet());
    }

    @Override
    public void close() {
        listener.close();
    }
}
