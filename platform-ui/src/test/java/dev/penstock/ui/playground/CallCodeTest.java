package dev.penstock.ui.playground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ui.backend.ModelCall;
import dev.penstock.ui.base.CallExample;
import dev.penstock.ui.fakes.Ids;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CallCodeTest {

    /** All that ends a string, begins an escape or is run in one of the languages. */
    private static final String NASTY = "it's \"quoted\" \\u0041 \\ $HOME `id` $(id) %s \"\"\" '''\n\tnext\r line \u0001 \u2028 💧 </script>";

    private static final ModelCall CALL = new ModelCall(
            URI.create("https://models.example.org/v1"), Ids.VISION, "team/chat",
            List.of(new ModelCall.Message(ModelCall.Role.SYSTEM, "Be short."), new ModelCall.Message(ModelCall.Role.USER, NASTY)), new BigDecimal("0.3"), 200);

    private static final JsonMapper JSON = new JsonMapper();

    private static void isTheCall(JsonNode body) {
        assertThat(body.path("model").asString()).isEqualTo("team/chat");
        assertThat(body.path("messages").get(0).path("role").asString()).isEqualTo("system");
        assertThat(body.path("messages").get(1).path("content").asString()).isEqualTo(NASTY);
        assertThat(body.path("temperature").decimalValue()).isEqualByComparingTo("0.3");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(200);
        assertThat(body.path("stream").asBoolean()).isTrue();
    }

    /** A real shell says what it would hand to curl. */
    @Test
    void theShellHandsOverWhatWasSaid() throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "curl() { for last; do :; done; printf %s \"$last\"; }\n" + CallCode.of(CallExample.CURL, CALL)).start();
        String handed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).isZero();
        isTheCall(JSON.readTree(handed));
    }

    @Test
    void javasTextBlockIsTheCall() {
        Matcher block = Pattern.compile("\"\"\"\n(.*?)\"\"\";", Pattern.DOTALL).matcher(CallCode.of(CallExample.JAVA, CALL));
        assertThat(block.find()).isTrue();

        isTheCall(JSON.readTree(block.group(1).stripIndent().translateEscapes()));
    }

    /** Strings of JSON mean the same in both. */
    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVASCRIPT"})
    void whatWasSaidIsOneStringOfTheLanguage(CallExample language) {
        assertThat(CallCode.of(language, CALL)).contains(JSON.writeValueAsString(NASTY)).contains("0.3", "200");
    }

    @ParameterizedTest
    @EnumSource
    void theKeyIsOfTheEnvironmentAndWhatWasNotChosenIsLeftOut(CallExample language) {
        var plain = new ModelCall(CALL.gateway(), CALL.project(), CALL.model(), CALL.messages(), null, null);

        assertThat(CallCode.of(language, plain)).contains("PENSTOCK_KEY", "https://models.example.org/v1").doesNotContain("temperature", "max_tokens", "psk_");
    }
}
