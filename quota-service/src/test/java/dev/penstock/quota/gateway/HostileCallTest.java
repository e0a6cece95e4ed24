package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.ModelPace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks that gateways of this kind have fallen to, replayed byte by byte. What is refused reaches no engine; what reaches one is only what we say. */
class HostileCallTest {

    private static final String MODEL = "vision/recorded";
    private static final String HELLO = TestGateway.HELLO.replace(TestGateway.CHAT, MODEL);
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SILENCE_MILLIS = 100;

    private static TestGateway gateway;
    private static RecordingEngine engine;

    @BeforeAll
    static void start() {
        gateway = new TestGateway(ModelPace.quick());
        engine = new RecordingEngine();
        gateway.publish(new EndpointId(UUID.randomUUID()), 1, MODEL, false, engine.url(), "served-recorded", "CHAT").is(200);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        engine.close();
    }

    @BeforeEach
    void nothingAskedYet() {
        engine.asked().clear();
        engine.answers(RecordingEngine.WELL);
    }

    /** The statuses of all that comes back on one connection until the gateway closes it, or has answered and says nothing more. */
    private static List<String> raw(String bytes) throws IOException {
        ByteArrayOutputStream answered = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), TestGateway.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                answered.write(next);
                socket.setSoTimeout(SILENCE_MILLIS);
            }
        } catch (SocketTimeoutException silent) {
            assertThat(answered.size()).as("it answers").isPositive();
        }
        return ANSWER.matcher(answered.toString(StandardCharsets.ISO_8859_1)).results().map(status -> status.group(1)).toList();
    }

    private static String request(String path, String headers, String body) {
        return "POST " + path + " HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer " + gateway.key + "\r\ncontent-type: application/json\r\n" + headers + "\r\n" + body;
    }

    private static String request(String headers) {
        return request("/v1/chat/completions", "content-length: " + HELLO.length() + "\r\n" + headers, HELLO);
    }

    @Test
    void theUsualReachesTheEngineAndOnlyAsWeSayIt() throws IOException {
        assertThat(raw(request("cookie: a=b\r\nx-forwarded-host: evil\r\nx-openai-custom-host: http://169.254.169.254\r\nx-upstream-url: http://127.0.0.1:1\r\n"
                + "openai-organization: other\r\nx-penstock-attempt: 7\r\nte: trailers\r\nforwarded: host=evil\r\nexpect-ct: x\r\n"))).containsExactly("200");
        String head = engine.asked().getFirst().split("\r\n\r\n", 2)[0];
        assertThat(head.lines().skip(1).map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrder("host", "content-type", "accept", "authorization", "x-request-id", "x-penstock-attempt", "content-length");
        assertThat(head).contains("authorization: Bearer " + TestGateway.ENGINE_KEY, "x-penstock-attempt: 0").doesNotContain(gateway.key, "evil", "169.254");
    }

    @ParameterizedTest
    @ValueSource(strings = {"psk_' or '1'='1", "psk_'; drop table quota.api_key; --", "psk_\" or \"\"=\"", "psk_%27%20or%201=1", "psk_\\u0027", "' union select null --",
        "psk_x) or (1=1", "{\"$ne\": null}", "psk_*", "null", "undefined", "psk_\u00ff\u00fe"})
    void wordsOfADatabaseAreAnUnknownKey(String credential) throws IOException {
        String call = "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n%s\r\ncontent-type: application/json\r\ncontent-length: " + HELLO.length() + "\r\n\r\n" + HELLO;
        assertThat(raw(call.formatted("authorization: Bearer " + credential))).containsExactly("401");
        assertThat(raw(call.formatted("x-api-key: " + credential))).containsExactly("401");
        assertThat(engine.asked()).isEmpty();
        assertThat(gateway.chat(HELLO).status()).as("the right one still is").isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//v1/chat/completions", "/v1//chat/completions", "/v1/./chat/completions", "/v1/models/../chat/completions", "/v1/%63hat/completions",
        "/v1/chat%2Fcompletions", "/v1/chat/completions/", "/v1/chat/completions;a=b", "/v1/chat/completions%00", "/v1/chat/completions%20", "/%2e%2e/v1/chat/completions",
        "/v1/chat/completions\\", "\\v1\\chat\\completions", "/V1/chat/completions", "/v1/chat/completions/..", "/v1/chat/completions%0d%0ax-a:%20b", "/v1/engines/x/chat/completions"})
    void aPathThatOnlyLooksLikeAnOperationIsNone(String path) throws IOException {
        List<String> answered = raw(request(path, "content-length: " + HELLO.length() + "\r\n", HELLO));
        assertThat(answered).hasSize(1).allMatch(List.of("400", "404", "405")::contains);
        assertThat(engine.asked()).isEmpty();
    }

    /** The engine is who the route says, whoever the client says we are. */
    @ParameterizedTest
    @ValueSource(strings = {"host: 169.254.169.254\r\n", "host: 127.0.0.1:1\r\nhost: localhost\r\n", "host: \r\n", "host: localhost:99999\r\n", "host: a@b\r\n", "host: [::ffff:169.254.169.254]\r\n"})
    void anotherHostLeadsNowhereElse(String hosts) throws IOException {
        List<String> answered = raw(request("").replace("host: localhost\r\n", hosts));
        assertThat(answered).hasSize(1).allMatch(status -> status.equals("200") || status.equals("400"));
        assertThat(engine.asked()).allMatch(asked -> asked.contains("host: 127.0.0.1:" + engine.url().substring(engine.url().lastIndexOf(':') + 1)));
    }

    /** Two ways to tell where a request ends let a second one through that nobody has looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"content-length: 4\r\ntransfer-encoding: chunked\r\n", "transfer-encoding: chunked\r\ncontent-length: 4\r\n", "content-length: 4\r\ncontent-length: 400\r\n",
        "content-length: 4, 400\r\n", "content-length: +4\r\n", "content-length: -1\r\n", "content-length: 0x4\r\n", "content-length: 4 \r\n 0\r\n", "transfer-encoding: xchunked\r\n",
        "transfer-encoding: identity, chunked, identity\r\n", "transfer-encoding : chunked\r\n", "content-length: 99999999999999999999\r\n", "transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n"})
    void whoTellsTheEndOfARequestTwiceIsNotHeard(String ends) throws IOException {
        String second = "GET /v1/models HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer " + gateway.key + "\r\n\r\n";
        List<String> answered = raw(request("/v1/chat/completions", ends, "0\r\n\r\n" + second));
        assertThat(answered).as("one answer at most, and no good one").hasSizeLessThanOrEqualTo(1).doesNotContain("200");
        assertThat(engine.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"model\":\"" + MODEL + "\",", "\"max_tokens\":1,", "\"messages\":[],", "\"stream\":false,\"stream\":true,", "\"m\\u006fdel\":\"vision/chat\","})
    void aMemberTwiceIsRefusedHoweverItIsWritten(String member) {
        Reply reply = gateway.chat("{" + member + HELLO.substring(1));
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(400);
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void anEngineThatSendsElsewhereIsNotFollowed() {
        try (RecordingEngine elsewhere = new RecordingEngine()) {
            for (String status : List.of("301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect")) {
                engine.answers(RecordingEngine.answer(status, "location: " + elsewhere.url() + "/v1/chat/completions\r\n", ""));
                assertThat(gateway.chat(HELLO).status()).as(status).isEqualTo(502);
            }
            assertThat(elsewhere.asked()).isEmpty();
        }
    }

    @Test
    void headersOfAnEngineStayWithUs() {
        engine.answers(RecordingEngine.WELL.replace("content-type: application/json\r\n", "content-type: application/json\r\nset-cookie: a=b\r\nx-request-id: forged\r\n"
                + "x-penstock-cost: 0\r\nx-ratelimit-remaining-tokens: 9\r\nlocation: http://evil\r\naccess-control-allow-origin: *\r\n"));
        Reply reply = gateway.chat(HELLO);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.http().headers().map()).doesNotContainKeys("set-cookie", "location", "access-control-allow-origin");
        assertThat(reply.header("x-request-id")).isNotEqualTo("forged");
    }
}
