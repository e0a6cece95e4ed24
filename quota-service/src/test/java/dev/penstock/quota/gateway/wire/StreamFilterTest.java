package dev.penstock.quota.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.quota.gateway.wire.CallBody.StreamOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees of a stream, and what we read in it. */
class StreamFilterTest {

    private static final StreamOptions NOTHING = StreamOptions.NONE;
    private static final StreamOptions LAST = new StreamOptions(true, false, null, null, 0, true);
    private static final StreamOptions EVERY = new StreamOptions(true, true, null, null, 0, true);

    private static final String STREAM = """
            : hello

            data: {"id":"1","choices":[{"delta":{"role":"assistant","content":""}}],"usage":{"prompt_tokens":9,"completion_tokens":0}}

            data: {"usage":{"prompt_tokens":9,"completion_tokens":1},"id":"1","choices":[{"delta":{"content":"grüße"}}]}

            event: message
            id: 7
            data: {"choices":[{"delta":{"content":"x\\n"},"finish_reason":"stop"}],"usage":null}

            data: {"id":"1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":4}}}

            data: [DONE]

            """;

    private static final String WITHOUT = """
            : hello

            data: {"id":"1","choices":[{"delta":{"role":"assistant","content":""}}]}

            data: {"id":"1","choices":[{"delta":{"content":"grüße"}}]}

            event: message
            id: 7
            data: {"choices":[{"delta":{"content":"x\\n"},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    @Test
    void whoAskedForNoUsageSeesNone() {
        assertThat(filtered(NOTHING, STREAM)).isEqualTo(WITHOUT);
    }

    /** The second byte of Å ends lines in other encodings. */
    @Test
    void anEventOfSeveralLinesKeepsItsLetters() {
        assertThat(filtered(NOTHING, "data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"Å\"}}]}\n\n")).isEqualTo("data: {\"choices\":[{\"delta\": {\"content\":\"Å\"}}]}\n\n");
    }

    @Test
    void whoAskedForItSeesItOnceAtTheEnd() {
        String last = STREAM.lines().filter(line -> line.contains("\"choices\":[]")).findFirst().orElseThrow();
        assertThat(filtered(LAST, STREAM)).isEqualTo(WITHOUT.replace("data: [DONE]", last + "\n\ndata: [DONE]"));
    }

    @Test
    void whoAskedForItWithEveryChunkSeesTheStreamAsItIs() {
        assertThat(filtered(EVERY, STREAM)).isEqualTo(STREAM);
    }

    @Test
    void theLastUsageCounts() {
        StreamFilter filter = new StreamFilter(NOTHING, 1_000);
        accept(filter, bytes(STREAM));
        assertThat(filter.usage()).isEqualTo(new Usage(5, 4, 0, 3));
        assertThat(filter.chunks()).isEqualTo(3);
        assertThat(filter.said()).isEqualTo("assistant".length() + "grüße".getBytes(StandardCharsets.UTF_8).length + "x\\n".length() + "stop".length());
        assertThat(filter.done()).isTrue();
        assertThat(filter.failed()).isFalse();
    }

    /** As OpenAI tells it, as SGLang does, and not at all. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "completion_tokens_details":{"audio_tokens":1,"reasoning_tokens":2} | 2
            "reasoning_tokens":2                                                | 2
            "reasoning_tokens":0,"completion_tokens_details":{"reasoning_tokens":2} | 2
            "completion_tokens_details":{"reasoning_tokens":null}               | 0
            "completion_tokens_details":null                                    | 0
            "completion_tokens_details":{"reasoning_tokens":-3}                 | 0
            """)
    void whatWasThoughtIsPartOfTheOutput(String told, long reasoning) {
        StreamFilter filter = new StreamFilter(NOTHING, 1_000);
        accept(filter, bytes(STREAM.replace("\"completion_tokens\":3,", "\"completion_tokens\":3," + told + ",")));
        assertThat(filter.usage()).isEqualTo(new Usage(5, 4, 0, 3, reasoning));
    }

    /** Packets begin and end anywhere: inside a number, a character, a line end. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void wherePacketsEndMakesNoDifference(String lineEnd) {
        byte[] stream = bytes(STREAM.replace("\n", lineEnd));
        for (StreamOptions asked : new StreamOptions[] {NOTHING, LAST, EVERY}) {
            String whole = filtered(asked, STREAM.replace("\n", lineEnd));
            for (long seed = 0; seed < 300; seed++) {
                Random random = new Random(seed);
                StreamFilter filter = new StreamFilter(asked, 1_000);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                for (int at = 0; at < stream.length; ) {
                    int to = Math.min(stream.length, at + 1 + random.nextInt(seed % 3 == 0 ? 1 : 40));
                    out.writeBytes(accept(filter, Arrays.copyOfRange(stream, at, to)));
                    at = to;
                }
                out.writeBytes(finish(filter));
                assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(whole);
                assertThat(filter.usage()).isEqualTo(new Usage(5, 4, 0, 3));
            }
        }
    }

    /** Random chunks with a usage among them: without it they are the same to Jackson. */
    @Test
    void aChunkLosesItsUsageAndNothingElse() {
        var json = tools.jackson.databind.json.JsonMapper.shared();
        for (long seed = 0; seed < 2_000; seed++) {
            RandomJson random = new RandomJson(seed);
            var members = new java.util.ArrayList<>(random.members(3));
            members.add("\"choices\":[" + random.object(random.members(3)) + "]");
            String bare = random.object(members);
            members.add("\"usage\"" + random.blank() + ":" + random.blank() + "{\"prompt_tokens\":3}");
            if (random.chance()) {
                members.add("\"us\\u0061ge\":null");
            }
            String chunk = random.object(members).replaceAll("[\r\n]", " ");
            String seen = filtered(NOTHING, "data: " + chunk + "\n\n");
            assertThat(json.readTree(seen.substring(6))).as(chunk).isEqualTo(json.readTree(bare));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', nullValues = "-", textBlock = """
            {}                                                                      | -
            null                                                                    | -
            7                                                                       | -
            {"prompt_tokens":0,"completion_tokens":0}                               | 0 0 0 0
            {"prompt_tokens":5}                                                     | 5 0 0 0
            {"prompt_tokens":-5,"completion_tokens":-1}                             | -1 0 0 -1
            {"prompt_tokens":9223372036854775808,"completion_tokens":1e30}          | 9223372036854775807 0 0 9223372036854775807
            {"prompt_tokens":5,"completion_tokens":1.5}                             | 5 0 0 -1
            {"prompt_tokens":5,"completion_tokens":"7"}                             | 5 0 0 -1
            {"prompt_tokens":5,"prompt_tokens_details":{"cached_tokens":6}}         | -1 6 0 0
            {"prompt_tokens":5,"prompt_tokens_details":{"cached_tokens":-6}}        | -1 -6 0 0
            {"prompt_tokens":5,"prompt_tokens_details":null}                        | 5 0 0 0
            {"prompt_tokens":5,"prompt_tokens_details":{"cached_tokens":null}}      | 5 0 0 0
            """)
    void usageIsReadAsItIsTold(String usage, @Nullable String expected) {
        Usage read = Answer.read(Operation.CHAT, bytes("{\"choices\":[],\"usage\":" + usage + "}")).usage();
        assertThat(read == null ? null : read.input() + " " + read.cacheRead() + " " + read.cacheWrite() + " " + read.output()).isEqualTo(expected);
    }

    @Test
    void anErrorInTheStreamIsSeenAndTold() {
        StreamFilter filter = new StreamFilter(NOTHING, 1_000);
        assertThat(accept(filter, bytes("data: {\"error\":{\"message\":\"out of memory\"}}\n\n"))).isEqualTo(bytes("data: {\"error\":{\"message\":\"broken off\"}}\n\n"));
        assertThat(filter.failed()).isTrue();
    }

    @Test
    void whatIsNoJsonPassesAndCounts() {
        StreamFilter filter = new StreamFilter(NOTHING, 1_000);
        assertThat(accept(filter, bytes("data: {broken\n\n"))).isEqualTo(bytes("data: {broken\n\n"));
        assertThat(filter.chunks()).isEqualTo(1);
        assertThat(filter.said()).isEqualTo(7);
    }

    @Test
    void dataOverSeveralLinesIsOneText() {
        assertThat(filtered(NOTHING, "id: 1\ndata: {\"choices\":[1],\ndata: \"usage\":\ndata:{\"prompt_tokens\":3}}\n\n")).isEqualTo("id: 1\ndata: {\"choices\":[1]}\n\n");
        assertThat(filtered(EVERY, "data: {\"choices\":\ndata: [1]}\n\n")).isEqualTo("data: {\"choices\": [1]}\n\n");
    }

    @Test
    void nothingComesAfterTheEnd() {
        assertThat(filtered(NOTHING, "data: [DONE]\n\ndata: {\"choices\":[1]}\n\n")).isEqualTo("data: [DONE]\n\n");
    }

    /** It may quote the prompt or a key. Where it is too short to say even that there was an error, it is too short to quote anything. */
    @Test
    void whatAnErrorSaysIsNotPassed() {
        String before = "data: {\"choices\":[1]}\n\n";
        assertThat(filtered(NOTHING, before
                + "data: {\"error\":{\"message\":\"cannot do 'Frau Müller' with the key engine-key-0815, which I was given for it today\"}}\n\ndata: [DONE]\n\n"))
                .isEqualTo(before + "data: {\"error\":{\"message\":\"The model's server broke off.\",\"type\":\"server_error\"}}\n\ndata: [DONE]\n\n");
        assertThat(filtered(NOTHING, before + "data: {\"error\":\"engine-key-0815\"}\n\n" + before)).isEqualTo(before + "data: {\"error\":{}}\n\n" + before);
        assertThat(filtered(NOTHING, "data: {\"error\":1}\n\n" + before)).isEqualTo("data: {\"error\":1}\n\n" + before);
    }

    @Test
    void halfAnEventIsNotPassed() {
        StreamFilter filter = new StreamFilter(NOTHING, 1_000);
        assertThat(accept(filter, bytes("data: {\"choices\":[1]}\n"))).isEmpty();
        assertThat(finish(filter)).isEmpty();
        assertThat(filter.chunks()).isZero();
    }

    @Test
    void anEventIsBounded() {
        StreamFilter filter = new StreamFilter(NOTHING, 1_000);
        assertThatThrownBy(() -> accept(filter, bytes("data: " + "x".repeat(1_000)))).isInstanceOf(StreamFilter.BadStream.class).hasMessageContaining("1000 bytes");
    }

    /** What goes on is moved up in the place where it came. */
    @Test
    void manyEventsInOnePacketAreWhatEachIsByItself() {
        String[] events = {
            ": ping\n\n", "id: 1\ndata: {\"choices\":[1],\ndata: \"usage\":\ndata:{\"prompt_tokens\":3}}\n\n", "data:{\"choices\":\ndata:[2]}\n\n", "data: {broken\n\n",
            "data: {\"usage\":{\"prompt_tokens\":9},\"choices\":[3]}\n\n", "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9}}\n\n", "data: {\"choices\":[4]}\r\n\r\n"
        };
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            StringBuilder stream = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            for (int count = 0; count < 20; count++) {
                String event = events[random.nextInt(events.length)];
                stream.append(event);
                expected.append(filtered(NOTHING, event));
            }
            assertThat(filtered(NOTHING, stream.toString())).isEqualTo(expected.toString());
        }
    }

    private static String filtered(StreamOptions asked, String stream) {
        StreamFilter filter = new StreamFilter(asked, 100_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(accept(filter, bytes(stream)));
        out.writeBytes(finish(filter));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static byte[] accept(StreamFilter filter, byte[] packet) {
        int passed = filter.accept(packet.length, (into, at) -> System.arraycopy(packet, 0, into, at, packet.length));
        return Arrays.copyOf(filter.passed(), passed);
    }

    private static byte[] finish(StreamFilter filter) {
        int passed = filter.finish();
        return Arrays.copyOf(filter.passed(), passed);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
