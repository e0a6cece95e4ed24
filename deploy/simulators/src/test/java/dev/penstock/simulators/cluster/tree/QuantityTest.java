package dev.penstock.simulators.cluster.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "1000m, 1", "500m, 500m", "0.5, 500m", "1500m, 1500m", "2, 2", "0, 0", "-3, -3",
        "1Ki, 1Ki", "1024Ki, 1Mi", "1536Mi, 1536Mi", "2048Mi, 2Gi", "0.5Gi, 512Mi", "512, 512",
        "1000, 1k", "1500k, 1500k", "1e3, 1k", "2E, 2E", "1Ei, 1Ei", "100u, 100u", "1n, 1n", ".5, 500m", "0.5Ki, 512"})
    void aQuantityIsWrittenInItsCanonicalForm(String written, String canonical) {
        assertThat(Quantity.parse(written)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({"1Gi, 1024Mi, 0", "1Gi, 1G, 1", "999m, 1, -1", "1E, 1e18, 0", "2Ki, 2k, 1"})
    void quantitiesCompareByAmount(String one, String other, int expected) {
        assertThat(Quantity.parse(one).compareTo(Quantity.parse(other))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"500m, 700m, 1200m", "0, 1Gi, 1Gi", "1Gi, 1Gi, 2Gi", "1, 1, 2"})
    void aSumKeepsTheFamilyOfItsFirstPart(String one, String other, String sum) {
        assertThat(Quantity.parse(one).plus(Quantity.parse(other))).hasToString(sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1KB", "1 Gi x", "1.2.3", "--1", "1e", "Gi"})
    void whatIsNoQuantityIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Quantity.parse(text))
                .withMessageStartingWith("quantities must match");
    }
}
