package dev.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WorkTest {

    @Test
    void aQuestionHasSomeFiveHundredBytes() {
        assertThat(Work.chat("bench").body()).hasSizeBetween(450, 550);
    }

    @Test
    void aStreamIsTheSameQuestion() {
        assertThat(text(Work.stream("bench").body())).isEqualTo(text(Work.chat("bench").body()).replace("1024,", "1024,\"stream\":true,"));
    }

    @Test
    void onlyWhoIsAskedForAKeyIsToldOne() {
        assertThat(text(Work.chat("bench").request(new Address(80, "sk-1")))).contains("\r\nauthorization: Bearer sk-1\r\n");
        assertThat(text(Work.chat("bench").request(new Address(80, null)))).doesNotContain("authorization");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
