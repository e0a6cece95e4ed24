package dev.penstock.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StolenTest {

    private static final List<String> STAT = List.of(
            "cpu  300 0 200 900 50 0 20 12 0 0",
            "cpu0 171 0 65 691 21 0 9 7 0 0",
            "cpu1 129 0 135 209 29 0 11 5 0 0",
            "intr 1 2 3");

    @Test
    void isToldOfEachCore() {
        assertThat(Stolen.of(0, STAT)).isEqualTo(Duration.ofMillis(70));
        assertThat(Stolen.of(1, STAT)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void aCoreThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Stolen.of(7, STAT)).hasMessage("there is no core 7");
    }
}
