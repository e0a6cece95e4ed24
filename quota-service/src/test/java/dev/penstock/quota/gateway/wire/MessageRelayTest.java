package dev.penstock.quota.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRelayTest {

    private static final String START = """
            event: message_start
            data: {"type":"message_start","message":{"id":"m","role":"assistant","content":[],"usage":{"input_tokens":25,"cache_creation_input_tokens":7,"cache_read_input_tokens":11,"output_tokens":1}}}

            """;
    private static final String SAID = """
            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: ping
            data: {"type": "ping"}

            : a comment

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"grüße"},"unknown":[1]}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"abcdefgh"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            """;
    private static final String END = """
            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15,"server_tool_use":null}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    private final MessageRelay relay = new MessageRelay(1_000);

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyBytePassesWhereverPacketsEnd(String lineEnd) {
        String stream = (START + SAID + END).replace("\n", lineEnd);
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            MessageRelay each = new MessageRelay(1_000);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int at = 0; at < bytes.length; ) {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(seed % 3 == 0 ? 1 : 60));
                out.writeBytes(passed(each, Arrays.copyOfRange(bytes, at, to)));
                at = to;
            }
            out.writeBytes(Arrays.copyOf(each.passed(), each.finish()));
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(stream);
            assertThat(each.usage()).isEqualTo(new Usage(25, 11, 7, 15));
            assertThat(each.done()).isTrue();
        }
    }

    /** Else whoever leaves a moment before the end would pay for one token. */
    @Test
    void whatWasUsedIsKnownWhenTheAnswerIsCounted() {
        feed(START + SAID);
        assertThat(relay.usage()).isNull();
        assertThat(relay.chunks()).isEqualTo(3);
        assertThat(relay.said()).as("what the model wrote").isEqualTo("grüße".getBytes(StandardCharsets.UTF_8).length);
        feed(END);
        assertThat(relay.usage()).isEqualTo(new Usage(25, 11, 7, 15));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', nullValues = "-", textBlock = """
            "output_tokens":3                                          | 25 11 7 3
            "output_tokens":3,"input_tokens":30                        | 30 11 7 3
            "output_tokens":3,"input_tokens":null                      | 25 11 7 3
            "output_tokens":-3                                         | 25 11 7 -3
            "output_tokens":9223372036854775808                        | 25 11 7 9223372036854775807
            "output_tokens":2.5                                        | 25 11 7 -1
            "output_tokens":"many"                                     | 25 11 7 -1
            "output_tokens":null                                       | -
            "input_tokens":5                                           | -
            """)
    void whatIsSaidLastCounts(String usage, @Nullable String expected) {
        feed(START + "data: {\"type\":\"message_delta\",\"usage\":{" + usage + "}}\n\n");
        Usage read = relay.usage();
        assertThat(read == null ? null : read.input() + " " + read.cacheRead() + " " + read.cacheWrite() + " " + read.output()).isEqualTo(expected);
    }

    @Test
    void withoutACountOfThePromptNothingIsCounted() {
        feed(SAID + END);
        assertThat(relay.usage()).isNull();
    }

    @Test
    void anErrorIsNotToldInTheWordsOfWhoMadeItAndEndsIt() {
        String told = feed(START + "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"secret\"}}\n\n" + END);
        assertThat(told).isEqualTo(START);
        assertThat(relay.failed() && relay.broken()).isTrue();
        assertThat(relay.done()).isFalse();
        assertThat(feed(END)).isEmpty();
    }

    @Test
    void whatIsNoJsonIsPassedAndCounted() {
        assertThat(feed("data: oops\n\n")).isEqualTo("data: oops\n\n");
        assertThat(relay.chunks() + " " + relay.said()).isEqualTo("1 4");
    }

    @Test
    void anEventOfSeveralLinesIsOne() {
        String event = "data: {\"type\":\ndata: \"message_stop\"}\n\n";
        assertThat(feed(event)).isEqualTo(event);
        assertThat(relay.done()).isTrue();
    }

    @Test
    void anEventThatNeverEndsIsNone() {
        assertThatThrownBy(() -> feed("data: " + "x".repeat(1_000))).isInstanceOf(Relay.BadStream.class);
    }

    @Test
    void aWholeAnswerTellsTheSame() {
        Answer answer = Answer.ofMessage(("{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"grüße\"}],\"usage\":{\"input_tokens\":5,\"output_tokens\":2,"
                + "\"cache_read_input_tokens\":null,\"cache_creation_input_tokens\":4}}").getBytes(StandardCharsets.UTF_8));
        assertThat(answer.usage()).isEqualTo(new Usage(5, 0, 4, 2));
        assertThat(answer.error()).isFalse();
        assertThat(Answer.ofMessage("{\"type\":\"error\",\"error\":{}}".getBytes(StandardCharsets.UTF_8)).error()).isTrue();
        assertThat(Answer.ofMessage("{\"usage\":{\"output_tokens\":2}}".getBytes(StandardCharsets.UTF_8)).usage()).isNull();
    }

    private String feed(String events) {
        return new String(passed(relay, events.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private static byte[] passed(MessageRelay relay, byte[] bytes) {
        int passed = relay.accept(bytes.length, (into, at) -> System.arraycopy(bytes, 0, into, at, bytes.length));
        return Arrays.copyOf(relay.passed(), passed);
    }
}
