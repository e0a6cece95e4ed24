package dev.penstock.ui.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.penstock.contract.CallId;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Scenario;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Against a gateway that streams over a real connection. */
class GatewayCallsTest {

    private static final String ID = "0199aaaa-0000-7000-8000-000000000001";

    private final Scenario clock = new Scenario();
    private final PortalSession session = new PortalSession(
            new Tokens("first", clock.instant(), clock.instant().plusSeconds(600), "refresh", null),
            present -> new Tokens("second", clock.instant(), clock.instant().plusSeconds(600), "refresh", null),
            clock);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final CountDownLatch callerGone = new CountDownLatch(1);
    private @Nullable SmallServer gateway;

    private final ModelCalls.Told told = new ModelCalls.Told() {
        @Override
        public void begun(CallId call) {
            heard.add("call " + call);
        }

        @Override
        public void said(String words, boolean thought, Duration after) {
            heard.add((thought ? "thinks " : "says ") + words);
        }

        @Override
        public void over(CallEnd end, Duration after) {
            heard.add(end.toString());
        }
    };

    private ModelCalls.Running call(SmallServer.Answer answer) throws IOException {
        gateway = new SmallServer().on("/v1/chat/completions", exchange -> {
            sent.add(SmallServer.bearer(exchange) + " " + exchange.getRequestHeaders().getFirst("x-penstock-project") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().set("x-request-id", ID);
            answer.to(exchange);
        });
        return start(URI.create(gateway.uri() + "/v1"), null);
    }

    private ModelCalls.Running start(URI told_, @Nullable URI own) {
        var calls = new GatewayCalls(new PlaygroundSettings(own, Duration.ofSeconds(2)), new JsonMapper());
        return calls.start(session, new ModelCall(told_, Ids.VISION, "team/chat", List.of(
                new ModelCall.Message(ModelCall.Role.SYSTEM, "Be short."), new ModelCall.Message(ModelCall.Role.USER, "Hi \"you\"")), new BigDecimal("0.3"), 20), told);
    }

    private static void stream(HttpExchange exchange, String... chunks) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        for (String chunk : chunks) {
            exchange.getResponseBody().write(("data: " + chunk + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
        exchange.getResponseBody().flush();
    }

    /** Goes on writing until nobody reads any more. */
    private void streamUntilTheCallerIsGone(HttpExchange exchange) throws IOException {
        stream(exchange, says("Once"));
        try {
            while (true) {
                exchange.getResponseBody().write((": " + "x".repeat(1 << 16) + "\n").getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
        } catch (IOException gone) {
            callerGone.countDown();
        }
    }

    private static String says(String words) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + words + "\"}}]}";
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(heard.poll(30, TimeUnit.SECONDS), "nothing was heard");
    }

    @AfterEach
    void close() {
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    void aCallIsThePersonsForAProjectAndIsHeardAsItIsSaid() throws Exception {
        call(exchange -> stream(
                exchange, "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}", "{\"choices\":[{\"delta\":{\"reasoning_content\":\"Hm.\"}}]}", says("Wat"), says("er"),
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"prompt_tokens_details\":{\"cached_tokens\":3},\"completion_tokens_details\":{\"reasoning_tokens\":1}}}",
                "[DONE]"));

        assertThat(List.of(next(), next(), next(), next(), next())).containsExactly(
                "call " + ID, "thinks Hm.", "says Wat", "says er", new CallEnd.Finished("stop", new CallEnd.Tokens(9, 3, 4, 1)).toString());
        assertThat(sent).containsExactly("Bearer first " + Ids.VISION + " {\"model\":\"team/chat\",\"messages\":[{\"role\":\"system\",\"content\":\"Be short.\"},"
                + "{\"role\":\"user\",\"content\":\"Hi \\\"you\\\"\"}],\"temperature\":0.3,\"max_tokens\":20,\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void whoStopsClosesTheConnection() throws Exception {
        ModelCalls.Running running = call(this::streamUntilTheCallerIsGone);
        assertThat(List.of(next(), next())).containsExactly("call " + ID, "says Once");

        running.stop();

        assertThat(next()).isEqualTo("Stopped[]");
        assertThat(callerGone.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoStopsBeforeTheFirstByteDoesNotWaitForIt() throws Exception {
        var taken = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        ModelCalls.Running running = call(exchange -> {
            taken.countDown();
            try {
                free.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(taken.await(30, TimeUnit.SECONDS)).isTrue();

        running.stop();

        assertThat(next()).isEqualTo("Stopped[]");
        free.countDown();
    }

    @Test
    void theEndOfTheSessionEndsTheCall() throws Exception {
        call(this::streamUntilTheCallerIsGone);
        assertThat(List.of(next(), next())).containsExactly("call " + ID, "says Once");

        session.end();

        assertThat(next()).isEqualTo("Stopped[]");
        assertThat(callerGone.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRefusalIsHandedOnInTheGatewaysWords() throws Exception {
        call(exchange -> {
            exchange.getResponseHeaders().set("retry-after-ms", "1200");
            exchange.getResponseHeaders().set("x-penstock-limit-owner", "project");
            SmallServer.json(exchange, 429, "application/json", "{\"error\":{\"message\":\"Too many.\",\"type\":\"requests\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}");
        });

        assertThat(List.of(next(), next())).containsExactly("call " + ID, new CallEnd.Refused(429, "rate_limit_exceeded", "Too many.", "project", Duration.ofMillis(1200)).toString());
    }

    @Test
    void aPageOfAProxyIsARefusalToo() throws Exception {
        call(exchange -> SmallServer.json(exchange, 502, "text/html", "<html>"));

        assertThat(List.of(next(), next())).containsExactly("call " + ID, new CallEnd.Refused(502, null, "The gateway answered with status 502.", null, null).toString());
    }

    @Test
    void aTokenThatIsRefusedIsReplacedOnce() throws Exception {
        call(exchange -> {
            if (sent.size() == 1) {
                SmallServer.json(exchange, 401, "application/json", "{}");
            } else {
                stream(exchange, says("Hi"), "[DONE]");
            }
        });

        assertThat(List.of(next(), next(), next())).containsExactly("call " + ID, "says Hi", new CallEnd.Finished(null, null).toString());
        assertThat(sent).extracting(each -> each.substring(0, "Bearer second".length())).containsExactly("Bearer first ", "Bearer second");
    }

    @Test
    void whatBreaksOffSaysSo() throws Exception {
        call(exchange -> stream(exchange, says("Hi"), "{\"error\":{\"message\":\"The engine went away.\"}}"));
        assertThat(List.of(next(), next(), next())).containsExactly("call " + ID, "says Hi", "Broken[why=The engine went away.]");
        close();

        call(exchange -> stream(exchange, says("Hi")));
        assertThat(List.of(next(), next(), next())).containsExactly("call " + ID, "says Hi", "Broken[why=The answer ended without its end being told.]");
        close();

        call(exchange -> stream(exchange, "no json"));
        assertThat(List.of(next(), next())).containsExactly("call " + ID, "Broken[why=What the model's server said is no answer.]");
    }

    @Test
    void anAnswerThatNeverEndsIsLetGo() throws Exception {
        String kibi = "x".repeat(1 << 10);
        call(exchange -> {
            try {
                stream(exchange);
                while (true) {
                    exchange.getResponseBody().write(("data: " + says(kibi) + "\n\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException gone) {
                callerGone.countDown();
            }
        });

        String last = next();
        while (last.startsWith("call ") || last.startsWith("says ")) {
            last = next();
        }
        assertThat(last).isEqualTo("Broken[why=The answer is longer than a page shows.]");
        assertThat(callerGone.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aGatewayThatIsNotThereIsToldSo() throws Exception {
        var closed = new SmallServer();
        URI nobody = closed.uri();
        closed.close();

        start(nobody, null);

        assertThat(next()).isEqualTo(new CallEnd.Refused(0, null, "The gateway does not answer.", null, null).toString());
    }

    @Test
    void thePortalsOwnWayToTheGatewayComesFirst() throws Exception {
        gateway = new SmallServer().on("/v1/chat/completions", exchange -> stream(exchange, "[DONE]"));

        start(URI.create("https://models.example.org/v1"), URI.create(gateway.uri() + "/v1"));

        assertThat(next()).isEqualTo(new CallEnd.Finished(null, null).toString());
    }
}
