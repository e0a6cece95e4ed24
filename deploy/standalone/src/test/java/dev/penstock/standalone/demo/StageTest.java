package dev.penstock.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;

/** A line per step, and a failing one stops nothing. */
class StageTest {

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Stage stage = new Stage(new PrintStream(told, true, StandardCharsets.UTF_8));

    @Test
    void everyStepIsOneLineWithWhatWasSeen() {
        stage.step("somebody asks", () -> "an answer");
        stage.step("somebody asks again", () -> "another answer");
        assertThat(stage.end()).isZero();
        assertThat(lines()).hasSize(4);
        assertThat(lines().get(0)).matches(" {2}1 {2}ok +\\d+\\.\\d s {2}somebody asks: an answer");
        assertThat(lines().getLast()).isEqualTo("demo: 2 steps, 0 failed");
    }

    @Test
    void aStepThatSawSomethingElseSaysWhatWasExpectedAndTheNextOneIsPlayed() {
        stage.step("they are counted", () -> {
            Unexpected.unlessSame("tokens", 7L, 8L);
            return "equal";
        });
        stage.step("and so on", () -> "played");
        assertThat(stage.end()).isEqualTo(1);
        assertThat(lines().getFirst()).contains("FAILED", "they are counted: tokens: expected 7, seen 8");
        assertThat(lines().get(1)).contains("and so on: played");
    }

    @Test
    void aStepWhoseNeedsNobodyMadeSaysWhichTheyAre() {
        stage.step("a call", () -> new Prop<String>("a key").get());
        assertThat(stage.end()).isEqualTo(1);
        assertThat(lines().getFirst()).contains("a call: not possible without a key");
    }

    @Test
    void whatAServiceAnsweredInsteadIsShownButNeverAWholePage() {
        stage.step("a refusal", () -> {
            throw HttpClientErrorException.create(HttpStatus.CONFLICT, "", new HttpHeaders(), "x".repeat(5_000).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        });
        stage.step("nobody there", () -> {
            throw new ResourceAccessException("connection refused");
        });
        assertThat(stage.end()).isEqualTo(2);
        assertThat(lines().getFirst()).contains("a refusal: answered 409 xxx").hasSizeLessThan(400);
        assertThat(lines().get(1)).contains("connection refused");
    }

    @Test
    void patienceEndsAndSaysWhatWasSeenLast() {
        stage.step("a slice comes up", () -> Patience.until("it is ready", Duration.ofMillis(1), () -> "queued", "ready"::equals, seen -> "“" + seen + "”"));
        assertThat(stage.end()).isEqualTo(1);
        assertThat(lines().getFirst()).contains("expected within 0 s that it is ready, seen “queued”");
    }

    private List<String> lines() {
        return told.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
