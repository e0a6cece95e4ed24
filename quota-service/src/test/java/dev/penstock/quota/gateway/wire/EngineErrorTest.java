package dev.penstock.quota.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What of an engine's refusal a caller reads. */
class EngineErrorTest {

    private static final String KEY = "engine-key-0815";
    private static final String QUOTED = "The model's server does not accept this request. What it says of it quotes it, and is not told.";
    private static final String REQUEST = """
            {"model": "acme/assistant-for-all", "max_completion_tokens": 20, "tool_choice": "none",
             "messages": [{"role": "user", "content": "Frau Müller, 7 Jahre, wohnt \\"oben\\" im Haus"}]}""";

    /** What vLLM says of requests, more or less. */
    @ParameterizedTest
    @ValueSource(strings = {
        "max_completion_tokens must be at least 1, got 0.",
        "\"max_completion_tokens\" is too large",
        "[{'type': 'missing', 'loc': ('body', 'messages')}]",
        "The model `acme/assistant-for-all` does not exist.",
        "org/served-model-of-some-length has no chat template"})
    void whatDoesNotQuoteIsTold(String sentence) {
        assertThat(told(400, REQUEST, sentence)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "cannot read 'Frau Müller, 7 Jahre, wohnt \"oben\" im Haus'",
        "near “Jahre, wohnt \"ob”",
        "unexpected: {\"role\": \"user\", \"",
        "Unauthorized: Bearer engine-key-0815"})
    void whatQuotesIsNot(String sentence) {
        assertThat(told(400, REQUEST, sentence)).isEqualTo(QUOTED);
    }

    /** A long message is told to its first thousand characters; a key that lies across that place is not told but for its end. */
    @Test
    void whatQuotesBehindTheCutIsNotToldEither() {
        assertThat(told(400, REQUEST, "x".repeat(990) + " engine-key-0815")).isEqualTo(QUOTED);
        assertThat(told(400, REQUEST, "x".repeat(2_000))).hasSize(1_001).endsWith("…");
    }

    /** Of one that sends ASCII alone, as many clients do. */
    @ParameterizedTest
    @ValueSource(strings = {"Приветик", "a\nb\nc\nd\ne\nf\ng\nh", "\"so\" \"it\" \"is\" \"here\""})
    void whatWasEscapedIsRecognised(String content) {
        StringBuilder escaped = new StringBuilder();
        content.replace("\"", "\\\"").replace("\n", "\\n").chars()
                .forEach(letter -> escaped.append(letter < 128 ? String.valueOf((char) letter) : String.format("\\u%04x", letter)));
        assertThat(told(400, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + escaped + "\"}]}", "got '" + content + "'")).isEqualTo(QUOTED);
    }

    @Test
    void sixteenBytesAreAQuotationAndFifteenAreNone() {
        String request = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"0123456789abcdefghij\"}]}";
        assertThat(told(422, request, "<3456789abcdefgh>")).isEqualTo("<3456789abcdefgh>");
        assertThat(told(422, request, "<3456789abcdefghi>")).isEqualTo(QUOTED);
        assertThat(told(422, request, "56789abcdefghij\"")).isEqualTo(QUOTED);
        assertThat(told(422, request, "{\"model\":\"m\",\"me")).as("its beginning").isEqualTo("{\"model\":\"m\",\"me");
        assertThat(told(422, request, "content\":\"012345")).isEqualTo(QUOTED);
    }

    @Test
    void aRequestThatIsTooLongIsSaidToBeSo() {
        OpenAiError quoted = of(400, REQUEST, "over the maximum context length: Frau Müller, 7 Jahre");
        assertThat(quoted.code()).isEqualTo("context_length_exceeded");
        assertThat(quoted.message()).isEqualTo("This request is longer than the model's maximum context length.");
        OpenAiError plain = of(400, REQUEST, "This model's maximum context length is 8192 tokens.");
        assertThat(plain.code()).isEqualTo("context_length_exceeded");
        assertThat(plain.message()).isEqualTo("This model's maximum context length is 8192 tokens.");
    }

    @Test
    void anthropicsWordsMeanTheSame() {
        assertThat(of(400, REQUEST, "prompt is too long: 210000 tokens > 200000 maximum").code()).isEqualTo("context_length_exceeded");
        assertThat(of(529, REQUEST, "Overloaded").code()).isEqualTo("model_overloaded");
        assertThat(of(529, REQUEST, "Overloaded").status()).isEqualTo(503);
        assertThat(of(402, REQUEST, "your credit balance is too low").message()).isEqualTo("The model's server answered with an error (402).");
    }

    @Test
    void whatItSaysOfItselfIsNeverTold() {
        assertThat(told(500, REQUEST, "cuda")).isEqualTo("The model's server answered with an error (500).");
        assertThat(told(401, REQUEST, "no")).isEqualTo("The model's server answered with an error (401).");
    }

    /** Whatever an error is about. */
    @Test
    void aKeyIsNeverTold() {
        String key = "psk_abcdefghijklmnop_abcdefghijklmnopqrstuvwxyz234567abcdefg";
        assertThat(OpenAiError.noSuchModel(key).message()).isEqualTo("The model `psk_…` does not exist or you do not have access to it.");
        assertThat(OpenAiError.noSuchOperation("GET", "/v1/" + key + "/x").message()).isEqualTo("There is no operation GET /v1/psk_…/x here.");
        assertThat(OpenAiError.noSuchModel(key.substring(0, 30)).message()).as("one that is cut off").doesNotContain("abcdefgh");
        assertThat(OpenAiError.noSuchModel("psk_model").message()).as("no key").contains("`psk_model`");
    }

    private static String told(int status, String request, String sentence) {
        return of(status, request, sentence).message();
    }

    private static OpenAiError of(int status, String request, String sentence) {
        CallBody body = new BodyReader(16, 1_000).read(Operation.CHAT, request.getBytes(StandardCharsets.UTF_8));
        byte[] answer = JsonMapper.shared().writeValueAsBytes(Map.of("error", Map.of("message", sentence)));
        return EngineError.of(status, answer, new Quotation(body, KEY, "org/served-model-of-some-length"));
    }
}
