package dev.penstock.ui.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

    @RepeatedTest(20)
    void theWaitDoublesUpToItsBoundAndIsSpread() {
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(15), RANDOM);

        assertThat(backoff.after(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(backoff.after(3)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
        assertThat(backoff.after(1_000)).isBetween(Duration.ofMillis(7_500), Duration.ofSeconds(15));
    }

    @Test
    void aBoundBelowTheFirstWaitIsAMistake() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), RANDOM)).isInstanceOf(IllegalArgumentException.class);
    }
}
