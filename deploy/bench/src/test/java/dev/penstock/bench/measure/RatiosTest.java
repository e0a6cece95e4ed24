package dev.penstock.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatiosTest {

    @ParameterizedTest
    @CsvSource({
        "2,                 2,   2, 2",
        "3 1,               2,   1, 3",
        "5 1 3,             3,   1, 5",
        "6 1 5 2 4 3,       3.5, 1, 6",
        "7 1 6 2 5 3 4,     4,   2, 6",
        "8 1 7 2 6 3 5 4,   4.5, 2, 7",
        "1 1 1 1 1 1 100,   1,   1, 1"
    })
    void medianLowAndHighOfRounds(String rounds, double median, double low, double high) {
        assertThat(Ratios.of(Arrays.stream(rounds.split(" ")).map(Double::valueOf).toList())).isEqualTo(new Ratios(median, low, high));
    }

    /** The machine halves its speed in the second round: each alone is off by half, their ratio is not. */
    @Test
    void aRatioIsMadeWithinOneRound() {
        assertThat(Ratios.of(List.of(30.0, 60.0, 31.5), List.of(20.0, 40.0, 20.0))).isEqualTo(new Ratios(1.5, 1.5, 1.575));
    }

    @Test
    void whatIsNoFigureIsRefused() {
        assertThatThrownBy(() -> Ratios.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ratios.of(List.of(1.0), List.of(0.0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ratios.of(List.of(1.0, 2.0), List.of(1.0))).hasMessageContaining("within one round");
    }
}
