package dev.penstock.quota.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each point is for. */
class ComplexityTest {

    private final BodyReader reader = new BodyReader(16, 1_000);

    private int score(String content, String further) {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]" + further + "}";
        return reader.read(Operation.CHAT, body.getBytes(StandardCharsets.UTF_8)).complexity();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Say hello                                                |   | 0
            Explain why, step by step: compare and OPTIMISE them all |   | 2
            Find the integral of x                                   |   | 1
            ```py```                                                 |   | 1
            Prove that the equation in ```this``` holds step by step |   | 3
            Say hello                                                | , "tools": [{"type": "function", "function": {"name": "f"}}] | 2
            """)
    void wordsAndShapeCount(String content, String further, int expected) {
        assertThat(score(content, further == null ? "" : further)).isEqualTo(expected);
    }

    @Test
    void longPromptsAndManyTurnsCount() {
        assertThat(score("x".repeat(1_900), "")).isZero();
        assertThat(score("x".repeat(2_000), "")).isEqualTo(1);
        assertThat(score("x".repeat(8_000), "")).isEqualTo(2);
        assertThat(score("x".repeat(32_000), "")).isEqualTo(3);
        String turns = "hi\"},{\"role\":\"assistant\",\"content\":\"".repeat(15) + "hi";
        assertThat(score(turns, "")).isEqualTo(2);
    }

    @Test
    void onlyTheEndOfALongPromptIsRead() {
        assertThat(score("the theorem" + "x".repeat(Complexity.LOOKED_AT), "")).isEqualTo(2);
        assertThat(score("x".repeat(Complexity.LOOKED_AT) + "the theorem", "")).isEqualTo(3);
    }

    /** Adding words never lowers it, and nothing that can be read makes it fail. */
    @Test
    void moreNeverScoresLess() {
        Random random = new Random(11);
        String[] words = {"theorem ", "```", "x", "compare ", "y".repeat(900), "Größe ", "\\u00e9", "\\\"", "step by step ", "select "};
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            int before = 0;
            for (int i = 0; i < 12; i++) {
                text.append(words[random.nextInt(words.length)]);
                int now = score(text.toString(), "");
                assertThat(now).isBetween(before, Complexity.MOST);
                before = now;
            }
        }
    }
}
