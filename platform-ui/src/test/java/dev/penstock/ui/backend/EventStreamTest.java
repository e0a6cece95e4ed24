package dev.penstock.ui.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.penstock.contract.Change;
import dev.penstock.ui.fakes.Scenario;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Against a service that speaks {@code text/event-stream} over a real connection. */
class EventStreamTest {

    private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), RandomGenerator.of("L64X128MixRandom"));

    private final Scenario clock = new Scenario();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final List<@Nullable String> cursors = new CopyOnWriteArrayList<>();
    private final List<String> bearers = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final PortalSession session = new PortalSession(
            new Tokens("first", clock.instant(), clock.instant().plusSeconds(60), "refresh", null),
            present -> new Tokens("second", clock.instant(), clock.instant().plusSeconds(3_600), "refresh", null),
            clock);
    private @Nullable SmallServer service;
    private @Nullable EventStream stream;

    /** What the service does on its first, second, … connection. */
    @FunctionalInterface
    private interface Connection {
        void serve(HttpExchange exchange, int number) throws IOException;
    }

    private void listenTo(Connection connection) throws IOException {
        service = new SmallServer().on(Change.PATH, exchange -> {
            cursors.add(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
            bearers.add(SmallServer.bearer(exchange));
            connection.serve(exchange, cursors.size());
        });
        var feed = new ChangeFeed();
        feed.listen(new ChangeFeed.Listener() {
            @Override
            public void changed(@Nullable Change change) {
                heard.add(change == null ? "missed" : change.subject());
            }

            @Override
            public void over() {
                over.countDown();
            }
        });
        stream = new EventStream(HttpClient.newHttpClient(), service.uri(), session, feed, new JsonMapper(), QUICK).start();
    }

    private static void send(HttpExchange exchange, String... events) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        for (String event : events) {
            exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
    }

    private static String hello(String id) {
        return "id:" + id + "\nevent:hello\ndata:\n\n";
    }

    private static String change(String id, String subject) {
        return "id:" + id + "\nevent:change\ndata:{\"cursor\":\"" + id + "\",\"kind\":\"slice\",\"tenant\":null,\"project\":null,\"subject\":\"" + subject
                + "\",\"state\":\"READY\",\"at\":\"2026-11-20T14:32:00Z\"}\n\n";
    }

    private void waitUntilClosed() {
        try {
            over.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS), "nothing was heard within 10 s");
    }

    @AfterEach
    void stop() {
        over.countDown();
        Objects.requireNonNull(stream).close();
        Objects.requireNonNull(service).close();
    }

    @Test
    void aStreamThatEndsIsResumedFromTheLastChangeAndNothingComesTwice() throws Exception {
        listenTo((exchange, number) -> {
            if (number == 1) {
                send(exchange, hello("5.1"), change("5.2", "one"), ": still here\n\n", change("5.3", "two"));
            } else {
                send(exchange, hello("5.3"), change("5.4", "three"));
                waitUntilClosed();
            }
        });

        assertThat(List.of(next(), next(), next(), next())).containsExactly("missed", "one", "two", "three");
        assertThat(cursors.subList(0, 2)).containsExactly(null, "5.3");
    }

    @Test
    void theNextConnectionComesWithAFreshToken() throws Exception {
        listenTo((exchange, number) -> {
            if (number == 1) {
                send(exchange, hello("5.1"), change("5.2", "one"));
                clock.passes(Duration.ofSeconds(58)); // The token is about to end, so the service ends the stream.
            } else {
                send(exchange, hello("5.2"), change("5.3", "two"));
                waitUntilClosed();
            }
        });

        assertThat(List.of(next(), next(), next())).containsExactly("missed", "one", "two");
        assertThat(bearers.subList(0, 2)).containsExactly("Bearer first", "Bearer second");
    }

    @Test
    void whereTheServiceCannotResumeEverythingIsLoadedAnew() throws Exception {
        listenTo((exchange, number) -> {
            if (number == 1) {
                send(exchange, hello("5.1"), change("5.2", "one"));
            } else {
                send(exchange, "id:9.0\nevent:reset\ndata:\n\n", change("9.1", "after"));
                waitUntilClosed();
            }
        });

        assertThat(List.of(next(), next(), next(), next())).containsExactly("missed", "one", "missed", "after");
    }

    @Test
    void aServiceThatIsDownIsTriedAgainUntilItIsBack() throws Exception {
        listenTo((exchange, number) -> {
            if (number < 4) {
                SmallServer.json(exchange, 503, "text/plain", "");
            } else {
                send(exchange, hello("1.1"), change("1.2", "back"));
                waitUntilClosed();
            }
        });

        assertThat(List.of(next(), next())).containsExactly("missed", "back");
    }

    @Test
    void aChangeThatCannotBeReadIsNotLost() throws Exception {
        listenTo((exchange, number) -> {
            send(exchange, hello("1.1"), "id:1.2\nevent:change\ndata:{not json\n\n", change("1.3", "next"));
            waitUntilClosed();
        });

        assertThat(List.of(next(), next(), next())).containsExactly("missed", "missed", "next");
    }

    @Test
    void aSilentConnectionIsDroppedAndResumed() throws Exception {
        listenTo((exchange, number) -> {
            if (number == 1) {
                send(exchange, hello("1.1"), change("1.2", "one"));
                waitUntilClosed();
            } else {
                send(exchange, hello("1.2"), change("1.3", "two"));
                waitUntilClosed();
            }
        });
        assertThat(List.of(next(), next())).containsExactly("missed", "one");

        Objects.requireNonNull(stream).dropIfSilentFor(Duration.ofNanos(-1));

        assertThat(next()).isEqualTo("two");
    }

    @Test
    void afterSignOutNobodyConnectsAgain() throws Exception {
        listenTo((exchange, number) -> {
            send(exchange, hello("1.1"));
            session.end();
        });
        assertThat(next()).isEqualTo("missed");

        assertThat(heard.poll(100, TimeUnit.MILLISECONDS)).isNull();
        assertThat(cursors).hasSize(1);
    }
}
