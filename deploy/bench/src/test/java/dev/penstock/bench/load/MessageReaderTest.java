package dev.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\nA;name=x\r\nand second\r\n0\r\ntrailer: x\r\n\r\n";

    private final StringBuilder body = new StringBuilder();
    private final MessageReader answers = MessageReader.ofAnswers(this::keep);
    private final MessageReader requests = MessageReader.ofRequests(this::keep);

    private void keep(byte[] bytes, int from, int to) {
        body.append(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
    }

    @Test
    void aChunkedAnswerIsTheSameWhereverItIsCut() throws IOException {
        for (int one = 0; one < CHUNKED.length(); one++) {
            for (int two = one; two < CHUNKED.length(); two++) {
                body.setLength(0);
                answers.begin();
                read(answers, CHUNKED.substring(0, one));
                read(answers, CHUNKED.substring(one, two));
                assertThat(answers.isComplete()).isFalse();
                read(answers, CHUNKED.substring(two));
                assertThat(answers.isComplete()).isTrue();
                assertThat(body).hasToString("firstand second");
            }
        }
    }

    @Test
    void whatFollowsAMessageIsNotTaken() throws IOException {
        byte[] two = bytes("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 429 Too Many Requests\r\ncontent-length:0\r\n\r\n");
        int second = answers.read(two, 0, two.length);
        assertThat(body).hasToString("ok");
        assertThat(answers.status()).isEqualTo(200);
        answers.begin();
        assertThat(answers.read(two, second, two.length)).isEqualTo(two.length);
        assertThat(answers.isComplete()).isTrue();
        assertThat(answers.status()).isEqualTo(429);
    }

    @Test
    void anAnswerWithoutALengthLastsUntilTheConnectionEnds() throws IOException {
        read(answers, "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\nas long as it lasts");
        assertThat(answers.isComplete()).isFalse();
        assertThat(answers.isCompleteAtClose()).isTrue();
        assertThat(answers.isLast()).isTrue();
        assertThat(body).hasToString("as long as it lasts");
    }

    @Test
    void anAnswerThatIsCutOffIsNotComplete() throws IOException {
        read(answers, "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nnot a hundred");
        assertThat(answers.isCompleteAtClose()).isFalse();
    }

    @Test
    void anInterimAnswerIsNotTheAnswer() throws IOException {
        read(answers, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n");
        assertThat(answers.isComplete()).isTrue();
        assertThat(answers.status()).isEqualTo(503);
    }

    @Test
    void anAnswerOfNothingHasNoBody() throws IOException {
        read(answers, "HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(answers.isComplete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1, x: y, false", "HTTP/1.0, x: y, true", "HTTP/1.1, Connection: Close, true", "HTTP/1.1, connection: keep-alive, false", "HTTP/1.1, convection: close, false"})
    void theHeadSaysWhetherTheConnectionGoesOn(String version, String header, boolean last) throws IOException {
        read(answers, version + " 200 OK\r\n" + header + "\r\ncontent-length: 0\r\n\r\n");
        read(requests, "GET / " + version + "\r\n" + header + "\r\n\r\n");
        assertThat(answers.isLast()).isEqualTo(last);
        assertThat(requests.isLast()).isEqualTo(last);
    }

    @Test
    void aRequestWithoutALengthHasNoBody() throws IOException {
        read(requests, "\r\nGET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n");
        assertThat(requests.isComplete()).isTrue();
        assertThat(requests.request()).isEqualTo("GET /v1/models");
        assertThat(requests.requestBegins(bytes("GET /v1"))).isTrue();
        assertThat(requests.requestBegins(bytes("POST "))).isFalse();
    }

    @Test
    void aChunkedRequestIsReadToo() throws IOException {
        read(requests, "POST /v1/chat/completions HTTP/1.1\ntransfer-encoding: chunked\n\n2\n{}\n0\n\n");
        assertThat(requests.isComplete()).isTrue();
        assertThat(body).hasToString("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 2x0 OK\r\n", "HTTP/1.1\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: many\r\n", "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n", "HTTP/1.1 200 OK\r\ncontent-length:\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\r\n", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nxx"
    })
    void whatIsNotHttpIsSaid(String bytes) {
        assertThatThrownBy(() -> read(answers, bytes + "\r\n")).isInstanceOf(IOException.class).hasMessageStartingWith("not HTTP/1");
    }

    @Test
    void aLineHasABound() {
        assertThatThrownBy(() -> read(answers, "HTTP/1.1 200 OK\r\nx: " + "y".repeat(20_000))).hasMessageContaining("16384");
    }

    private static void read(MessageReader reader, String text) throws IOException {
        byte[] bytes = bytes(text);
        reader.read(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
