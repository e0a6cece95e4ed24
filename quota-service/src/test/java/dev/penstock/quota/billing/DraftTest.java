package dev.penstock.quota.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.Money;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.StatementView;
import dev.penstock.contract.quota.StatementView.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftTest {

    private static final ProjectId VISION = new ProjectId(new UUID(0, 1));
    private static final ProjectId LANGUAGE = new ProjectId(new UUID(0, 2));
    private static final Map<ProjectId, String> NAMES = Map.of(VISION, "vision", LANGUAGE, "language");

    /** Prices as people quote them: EUR for a million tokens, or for an hour of a slice. */
    @ParameterizedTest(name = "{0} {1} at {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # quantity     | meter        | quoted    | exact             | billed
              1            | INPUT        | 0.15      | 0.000000150000    | 0.00
              1000000      | INPUT        | 0.15      | 0.150000000000    | 0.15
              33333        | INPUT        | 0.15      | 0.004999950000    | 0.00
              33334        | INPUT        | 0.15      | 0.005000100000    | 0.01
              123456789    | OUTPUT       | 0.60      | 74.074073400000   | 74.07
              9876543210   | CACHE_READ   | 0.015     | 148.148148150000  | 148.15
              1            | OUTPUT       | 0.000001  | 0.000000000001    | 0.00
              3600         | SLICE_SECOND | 3.60      | 3.600000000000    | 3.60
              2678400      | SLICE_SECOND | 2.52      | 1874.880000000000 | 1874.88
              12345        | SLICE_SECOND | 1.08      | 3.703500000000    | 3.70
            """)
    void aLineIsQuantityTimesPriceAndRoundedOnce(long quantity, BilledMeter meter, BigDecimal quoted, BigDecimal exact, BigDecimal billed) {
        BigInteger price = meter == BilledMeter.SLICE_SECOND
                ? quoted.movePointRight(12).divide(BigDecimal.valueOf(3600)).toBigIntegerExact()
                : quoted.movePointRight(6).toBigIntegerExact();
        StatementView.Line line = Draft.of("EUR", List.of(sum(VISION, "x", meter, 1, quantity, price)), NAMES).lines().getFirst();
        assertThat(line.exact()).isEqualTo(money(exact));
        assertThat(line.billed()).isEqualTo(money(billed));
    }

    @Test
    void whatRoundingTookOrAddedIsSaid() {
        Draft draft = Draft.of("EUR", List.of(
                sum(VISION, "a", BilledMeter.INPUT, 1, 1, money(new BigDecimal("0.004")).picoUnits()),
                sum(VISION, "b", BilledMeter.INPUT, 1, 1, money(new BigDecimal("0.004")).picoUnits()),
                sum(LANGUAGE, "a", BilledMeter.INPUT, 1, 1, money(new BigDecimal("0.004")).picoUnits())), NAMES);
        assertThat(draft.exact()).isEqualTo(money(new BigDecimal("0.012")));
        assertThat(draft.billed()).isEqualTo(money(BigDecimal.ZERO));
        assertThat(draft.rounding()).as("in the reader's favour").isEqualTo(money(new BigDecimal("0.012")));
    }

    @Test
    void linesAreByProjectKindSkuMeterAndPrice() {
        Draft draft = Draft.of("EUR", List.of(
                sum(VISION, "qwen", BilledMeter.OUTPUT, 2, 1, BigInteger.ONE),
                sum(VISION, "qwen", BilledMeter.OUTPUT, 1, 1, BigInteger.ONE),
                sum(VISION, "qwen", BilledMeter.INPUT, 2, 1, BigInteger.ONE),
                sum(VISION, "h100", BilledMeter.SLICE_SECOND, 1, 1, BigInteger.ONE),
                sum(LANGUAGE, "qwen", BilledMeter.INPUT, 1, 1, BigInteger.ONE)), NAMES);
        assertThat(draft.lines()).extracting(line -> line.projectName() + " " + line.sku() + " " + line.meter() + " " + line.priceVersion()).containsExactly(
                "language qwen INPUT 1", "vision h100 SLICE_SECOND 1", "vision qwen INPUT 2", "vision qwen OUTPUT 1", "vision qwen OUTPUT 2");
    }

    /** Whatever is used: the sums are the sums, and rounding is at most half a cent a line. */
    @Test
    void nothingIsLostBetweenLinesAndTotals() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<LineSum> sums = new ArrayList<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                sums.add(sum(random.nextBoolean() ? VISION : LANGUAGE, "sku" + i, BilledMeter.OUTPUT, 1, random.nextLong(1L << 40), new BigInteger(40, random)));
            }
            Draft draft = Draft.of("EUR", sums, NAMES);
            BigInteger exact = sums.stream().map(LineSum::exact).reduce(BigInteger.ZERO, BigInteger::add);
            BigInteger billed = draft.lines().stream().map(line -> line.billed().picoUnits()).reduce(BigInteger.ZERO, BigInteger::add);
            assertThat(draft.exact().picoUnits()).isEqualTo(exact);
            assertThat(draft.billed().picoUnits()).isEqualTo(billed);
            assertThat(draft.billed().picoUnits().add(draft.rounding().picoUnits())).isEqualTo(exact);
            assertThat(draft.rounding().picoUnits().abs()).isLessThanOrEqualTo(BigInteger.valueOf(5_000_000_000L * sums.size()));
        }
    }

    /** A row, its line and the account must agree in money, and rows and account in every kind of token. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            all the same                  | 0 | 0 | 0 | true
            a row costs a unit more       | 1 | 0 | 0 | false
            the account owes a unit less  | 0 | -1| 0 | false
            a token was not booked        | 0 | 0 | -1| false
            row and account agree, and the line does not | 1 | 1 | 0 | false
            """)
    void aDifferenceOfOneUnitIsFound(String title, long onRow, long onAccount, long onTokens, boolean holds) {
        LineSum line = sum(VISION, "qwen", BilledMeter.OUTPUT, 1, 10, BigInteger.valueOf(600));
        RowGroup row = new RowGroup(
                VISION, Kind.TOKENS, "qwen", 1, Map.of(BilledMeter.OUTPUT, new RowGroup.Count(BigInteger.TEN, 1)), BigInteger.valueOf(6000 + onRow), 0);
        Map<Balance.Owed, BigInteger> accounts = new HashMap<>(Map.of(
                new Balance.Owed(VISION, "EUR"), BigInteger.valueOf(6000 + onAccount),
                new Balance.Owed(VISION, "output"), BigInteger.valueOf(10 + onTokens),
                new Balance.Owed(LANGUAGE, "EUR"), BigInteger.ZERO));
        assertThat(Balance.holds("EUR", List.of(line), List.of(row), accounts)).isEqualTo(holds);
        accounts.put(new Balance.Owed(LANGUAGE, "input"), BigInteger.ONE);
        assertThat(Balance.holds("EUR", List.of(line), List.of(row), accounts)).as("something booked without a row").isFalse();
    }

    private static LineSum sum(ProjectId project, String sku, BilledMeter meter, int version, long quantity, BigInteger price) {
        Kind kind = meter == BilledMeter.SLICE_SECOND ? Kind.SLICES : Kind.TOKENS;
        return new LineSum(new LineKey(project, kind, sku, meter, version), BigInteger.valueOf(quantity), price, 1);
    }

    private static Money money(BigDecimal amount) {
        return new Money(amount.movePointRight(12).toBigIntegerExact(), "EUR");
    }
}
