package dev.penstock.ui.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChartTest {

    private static ChartData.Series series(String name, String colour, Long... values) {
        return new ChartData.Series(
                name, colour, ChartData.Shape.STACKED_BARS, Arrays.stream(values).map(value -> value == null ? null : BigInteger.valueOf(value)).toList());
    }

    private static JsonNode drawn(Chart chart) {
        return new JsonMapper().readTree(Objects.requireNonNull(chart.getElement().getChild(0).getAttribute("data")));
    }

    @Test
    void theDrawingLibraryIsWhereThePageLooksForIt() {
        assertThat(getClass().getResource("/META-INF/resources/" + Chart.LIBRARY)).isNotNull();
    }

    @Test
    void amountsAreDrawnInTheirCurrencyAndWrittenExactlyInTheTable() {
        Chart chart = new Chart("Cost").show(ChartData.bars(Unit.money("EUR"), List.of("1 Nov"), List.of(series("chat", "cat-1", 1_500_000_000_001L))));

        assertThat(drawn(chart).path("symbol").asString()).isEqualTo("€");
        assertThat(drawn(chart).at("/series/0/values/0").decimalValue()).isEqualByComparingTo("1.500000000001");
        assertThat(chart.getElement().getOuterHTML()).contains("€1.50", "1.500000000001 EUR");
    }

    @Test
    void namesArePartOfNoMarkup() {
        Chart chart = new Chart("Calls").show(ChartData.bars(Unit.COUNT, List.of("1"), List.of(series("<img src=x>", "cat-1", 1L))));

        assertThat(chart.getElement().getOuterHTML()).doesNotContain("<img");
    }

    @Test
    void twoThingsOfOneColourAreToldApartByHatching() {
        Chart chart = new Chart("Calls").show(ChartData.bars(Unit.COUNT, List.of("1"), List.of(series("a", "cat-2", 1L), series("b", "cat-2", 2L))));

        assertThat(chart.getElement().getOuterHTML()).containsOnlyOnce("hatched");
    }

    @Test
    void theCsvHasTheExactNumbersAndRunsNothingInASpreadsheet() {
        var data = ChartData.bars(
                Unit.money("EUR"), List.of("1 Nov", "2 Nov"), List.of(series("=cmd|' /C calc'!A1", "cat-1", 1_500_000_000_001L, null), series("a, \"b\"", "cat-2", -2_000_000_000_000L, 0L)));

        assertThat(ChartCsv.of(data)).isEqualTo("Time,'=cmd|' /C calc'!A1,\"a, \"\"b\"\"\"\r\n1 Nov,1.500000000001,-2\r\n2 Nov,,0\r\n");
    }

    @Test
    void aSeriesThatMissesALabelIsRefused() {
        assertThatThrownBy(() -> ChartData.bars(Unit.COUNT, List.of("1", "2"), List.of(series("a", "cat-2", 1L)))).hasMessageContaining("1 values for 2 labels");
    }
}
