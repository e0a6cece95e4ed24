package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.fault.ModelFault;
import dev.penstock.simulators.model.fault.UsageLie;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that an engine can do wrong, and the row it must lead to. In the rows P and C stand for the prompt and completion that the engine
 * really produced, by its own log; B for the bound that was set aside for the prompt.
 */
class FaultTest {

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway(ModelPace.quick());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void allIsWellAgainAndNothingIsReserved() {
        gateway.isWellAgainAndNothingIsReserved();
    }

    static Stream<Arguments> wholeAnswers() {
        return Stream.of(
                Arguments.of(new ModelFault.Answer(429, 1), 503, "503 counted 0 0"),
                Arguments.of(new ModelFault.Answer(500, 0), 502, "502 counted 0 0"),
                Arguments.of(new ModelFault.Answer(503, 0), 503, "503 counted 0 0"),
                Arguments.of(new ModelFault.Answer(401, 0), 502, "502 counted 0 0"),
                Arguments.of(new ModelFault.Cut(0), 502, "502 estimated 0 0"),
                Arguments.of(new ModelFault.ErrorEvent(0), 502, "502 counted 0 0"),
                Arguments.of(new ModelFault.InvalidJson(0), 502, "502 estimated 0 0"),
                Arguments.of(new ModelFault.OneByte(), 200, "200 counted P C"),
                Arguments.of(new ModelFault.Usage(UsageLie.ZERO), 200, "200 counted 0 0"),
                Arguments.of(new ModelFault.Usage(UsageLie.NEGATIVE), 200, "200 estimated B 20"),
                Arguments.of(new ModelFault.Usage(UsageLie.HUGE), 200, "200 estimated B 20"),
                Arguments.of(new ModelFault.Usage(UsageLie.FRACTION), 200, "200 estimated B 20"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wholeAnswers")
    void aWholeAnswerThatIsWrong(ModelFault fault, int status, String row) {
        gateway.chat.faults().add(fault);
        Reply reply = gateway.chat(TestGateway.HELLO);
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(status);
        if (status != 200) {
            assertThat(reply.json().path("error").path("type").asString()).isEqualTo("server_error");
            assertThat(reply.http().body()).doesNotContain(TestGateway.ENGINE_KEY);
        }
        assertThat(gateway.row(reply.call())).isEqualTo(expected(reply, row));
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of(new ModelFault.Answer(429, 1), 503, "", "503 counted 0 0"),
                Arguments.of(new ModelFault.Cut(0), 502, "", "502 estimated 0 0"),
                Arguments.of(new ModelFault.Cut(4), 200, "broke off", "200 counted P *"),
                Arguments.of(new ModelFault.ErrorEvent(4), 200, "\"error\"", "200 counted P *"),
                Arguments.of(new ModelFault.NoDone(), 200, "broke off", "200 counted P C"),
                Arguments.of(new ModelFault.InvalidJson(2), 200, "[DONE]", "200 counted P C"),
                Arguments.of(new ModelFault.OneByte(), 200, "[DONE]", "200 counted P C"),
                Arguments.of(new ModelFault.SplitUsage(), 200, "[DONE]", "200 counted P C"),
                Arguments.of(new ModelFault.BigEvent(16 << 20), 502, "", "502 estimated 0 0"),
                Arguments.of(new ModelFault.Usage(UsageLie.TWICE), 200, "[DONE]", "200 counted P C"),
                Arguments.of(new ModelFault.Usage(UsageLie.ZERO), 200, "[DONE]", "200 counted 0 0"),
                Arguments.of(new ModelFault.Usage(UsageLie.NEGATIVE), 200, "[DONE]", "200 estimated B 20"),
                Arguments.of(new ModelFault.Usage(UsageLie.HUGE), 200, "[DONE]", "200 estimated B 20"),
                Arguments.of(new ModelFault.Usage(UsageLie.OVER), 200, "[DONE]", "200 counted * 20"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void aStreamThatIsWrong(ModelFault fault, int status, String says, String row) {
        gateway.chat.faults().add(fault);
        Reply reply = gateway.chat(TestGateway.HELLO.replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\""));
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(status);
        assertThat(reply.http().body()).contains(says).doesNotContain("\"usage\"");
        String[] found = gateway.row(reply.call()).split(" ");
        String[] expected = expected(reply, row).split(" ");
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as(row).matches(expected[i].equals("*") ? "[0-9]+" : expected[i]);
        }
    }

    /** Without any usage the caller pays for what was delivered, at most what was set aside, and the row says that it is a guess. */
    @Test
    void aStreamWithoutUsageIsSettledByWhatWasDelivered() {
        gateway.chat.faults().add(new ModelFault.Usage(UsageLie.ABSENT));
        Reply reply = gateway.chat(TestGateway.HELLO.replace("\"max_tokens\":20", "\"stream\":true,\"max_tokens\":4000"));
        ModelLog.Entry produced = gateway.chat.log().entries(reply.call()).getFirst();
        String[] row = gateway.row(reply.call()).split(" ");
        assertThat(row[1]).isEqualTo("estimated");
        assertThat(Long.parseLong(row[3])).isBetween(produced.completion(), 4_000L);
    }

    @Test
    void anEngineThatIsNotThereCostsNothing() {
        dev.penstock.contract.EndpointId endpoint = new dev.penstock.contract.EndpointId(UUID.randomUUID());
        gateway.publish(endpoint, 1, "vision/away", false, "http://127.0.0.1:1", "served-chat", "CHAT").is(200);
        Reply reply = gateway.chat(TestGateway.HELLO.replace("vision/chat", "vision/away"));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("model_not_ready");
        assertThat(reply.header("retry-after")).isEqualTo("1");
        assertThat(gateway.row(reply.call())).isEqualTo("503 counted 0 0");
        assertThat(gateway.loss(reply.call())).isEmpty();
    }

    @Test
    void redirectsLeadNowhere() throws Exception {
        var server = com.sun.net.httpserver.HttpServer.create(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Location", gateway.chat.url() + "/v1/chat/completions");
            exchange.getResponseHeaders().set("x-injected", "yes");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        server.start();
        try {
            gateway.publish(new dev.penstock.contract.EndpointId(UUID.randomUUID()), 1, "vision/moved", false,
                    "http://127.0.0.1:" + server.getAddress().getPort(), "served-chat", "CHAT").is(200);
            Reply reply = gateway.chat(TestGateway.HELLO.replace("vision/chat", "vision/moved"));
            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.header("x-injected")).isEmpty();
            assertThat(gateway.chat.log().entries(reply.call())).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    private static String expected(Reply reply, String row) {
        ModelLog.Entry produced = gateway.chat.log().entries(reply.call()).stream().findFirst().orElse(null);
        String bound = dev.penstock.quota.RunningService.get().column("select input from quota.intent where call_id = '" + reply.call() + "'").getFirst();
        String filled = row.replace("B", bound);
        return produced == null ? filled : filled.replace("P", "" + produced.prompt()).replace(" C", " " + produced.completion());
    }
}
