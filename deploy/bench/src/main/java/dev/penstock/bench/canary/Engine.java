package dev.penstock.bench.canary;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model server on the loopback address that says what a call's {@link Words} tell it to, in the way of the model that is asked. What it says of failures
 * quotes all it knows.
 */
public final class Engine implements AutoCloseable {

    private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"(canary-[a-z]+)\"");
    private static final Pattern TEXT = Pattern.compile("[a-z2-7]{32}");
    private static final int LIES = 8;
    private static final int PIECES = 100;
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private static final Words NOBODYS = nobodys();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Words> expected = new ConcurrentHashMap<>();
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lies = new AtomicInteger();

    private Engine(HttpServer server) {
        this.server = server;
    }

    public static Engine start() {
        try {
            Engine engine = new Engine(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            engine.server.createContext("/", engine::answer);
            engine.server.setExecutor(engine.threads);
            engine.server.start();
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A call with these will come. */
    void expect(Words words) {
        expected.put(words.prompt().text(), words);
    }

    /** How many prompts have come. */
    public int heard() {
        return heard.size();
    }

    /** What callers have identified themselves with. */
    public Set<String> keys() {
        return Set.copyOf(keys);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher model = MODEL.matcher(body);
            if (!model.find()) {
                send(exchange, "/health".equals(exchange.getRequestURI().getPath()) ? 200 : 404, "application/json", "{}");
                return;
            }
            String theirs = exchange.getRequestHeaders().getFirst("x-api-key");
            String key = theirs == null ? String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")) : theirs;
            if (theirs != null || key.startsWith("Bearer ")) {
                keys.add(key);
            }
            Ask ask = new Ask(exchange.getRequestURI().getPath(), body.replace(" ", "").contains("\"stream\":true"), words(body), key);
            switch (Ways.of(model.group(1))) {
                case SOUND, VECTORS, RANKS, AWAY, THEIRS -> sound(exchange, ask);
                case SLOW -> slow(exchange, ask);
                case FAILING, AWAYFAILING, THEIRSFAILING -> send(exchange, 500, "application/json", ask.error());
                case REFUSING -> send(exchange, 400, "application/json", ask.error());
                case CUTTING -> cut(exchange, ask);
                case LYING -> lie(exchange, ask);
            }
        }
    }

    /** Those of the prompt in the body; if none was expected, whatever it is. */
    private Words words(String body) {
        Matcher texts = TEXT.matcher(body);
        while (texts.find()) {
            Words words = expected.get(texts.group());
            if (words != null) {
                heard.add(texts.group());
                return words;
            }
        }
        return NOBODYS;
    }

    private static Words nobodys() {
        Canary nothing = new Canary(Kind.CONTROL, "nothing-was-expected");
        return new Words(nothing, nothing, nothing, nothing, nothing);
    }

    private static void sound(HttpExchange exchange, Ask ask) throws IOException {
        if (ask.streamed()) {
            try (OutputStream out = stream(exchange)) {
                write(out, ask.chunk(1) + ask.chunk(2) + ask.last(2));
            }
        } else {
            send(exchange, 200, "application/json", ask.whole());
        }
    }

    /** So that a caller can leave in the middle. */
    private static void slow(HttpExchange exchange, Ask ask) throws IOException {
        try (OutputStream out = stream(exchange)) {
            for (int i = 1; i <= PIECES; i++) {
                write(out, ask.chunk(i));
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
            write(out, ask.last(PIECES));
        }
    }

    /** Says that more will come, and hangs up. */
    private static void cut(HttpExchange exchange, Ask ask) throws IOException {
        if (ask.streamed()) {
            OutputStream out = stream(exchange);
            write(out, ask.chunk(1));
        } else {
            byte[] half = ask.whole().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, half.length * 2L);
            exchange.getResponseBody().write(half);
            exchange.getResponseBody().flush();
        }
    }

    private void lie(HttpExchange exchange, Ask ask) throws IOException {
        String whole = ask.whole();
        String text = ask.words().answer().text();
        // By other turns than those in which it is asked: each kind of call meets each lie.
        int lie = lies.getAndIncrement();
        switch ((lie + lie / LIES) % LIES) {
            case 0 -> tell(exchange, ask, 200, whole.substring(0, whole.length() / 2));
            case 1 -> tell(exchange, ask, 200, whole.replace(":2", ":-2"));
            case 2 -> tell(exchange, ask, 200, whole.replace("\"completion_tokens\":2", "\"completion_tokens\":\"" + text + "\""));
            case 3 -> tell(exchange, ask, 200, ask.error());
            case 4 -> tell(exchange, ask, 200, "<html>" + text + " " + ask.words().prompt().text() + "</html>");
            case 5 -> tell(exchange, ask, 418, ask.error());
            case 6 -> {
                exchange.getResponseHeaders().set("Location", "/" + text + "?" + ask.key().replace(" ", ""));
                send(exchange, 302, "text/" + text, ask.error());
            }
            default -> tell(exchange, ask, 200, whole.replace("\"choices\"", "\"" + text + "\""));
        }
    }

    private static void tell(HttpExchange exchange, Ask ask, int status, String body) throws IOException {
        if (ask.streamed()) {
            send(exchange, status, "text/event-stream", ask.chunk(1) + "data: " + body + "\n\n");
        } else {
            send(exchange, status, "application/json", body);
        }
    }

    private static OutputStream stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private static void write(OutputStream out, String events) throws IOException {
        out.write(events.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
