package dev.penstock.ui.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest(name = "{0} now, {1} before: {2}")
    @CsvSource({
        "104, 100, '+4 % against then'", "96, 100, '−4 % against then'", "1001, 1000, '+< 1 % against then'", "100, 100, '0 % against then'",
        "0, 100, '−100 % against then'", "5, 0, 'nothing in then'", "0, 0, 'as much as then'", "5000, 2, '2,500 times then'"
    })
    void aNumberIsComparedWithTheOneBefore(BigInteger now, BigInteger before, String words) {
        assertThat(Figures.difference(now, before, "then")).isEqualTo(words);
    }
}
