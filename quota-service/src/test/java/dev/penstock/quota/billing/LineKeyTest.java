package dev.penstock.quota.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.StatementView.Kind;
import dev.penstock.frame.problem.ProblemException;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineKeyTest {

    private static final ProjectId PROJECT = new ProjectId(new UUID(1, 2));

    @ParameterizedTest
    @CsvSource({"qwen2.5-7b-instruct, OUTPUT, 3", "h100-80.1g.10gb, SLICE_SECOND, 0", "a/b ä.c, CACHE_READ, 2147483647", "., INPUT, 1"})
    void aLineIsFoundByItsId(String sku, BilledMeter meter, int version) {
        LineKey key = new LineKey(PROJECT, meter == BilledMeter.SLICE_SECOND ? Kind.SLICES : Kind.TOKENS, sku, meter, version);
        assertThat(LineKey.of(key.id())).isEqualTo(key);
        assertThat(key.id()).matches("[A-Za-z0-9_.-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ".", "...", "x.y.z.a", "00000000-0000-0001-0000-000000000002.INPUT.1", "00000000-0000-0001-0000-000000000002.INPUT.-1.cXdlbg",
        "00000000-0000-0001-0000-000000000002.INPUT.01.cXdlbg", "00000000-0000-0001-0000-000000000002.input.1.cXdlbg",
        "00000000-0000-0001-0000-000000000002.INPUT.1.cXdlbg==", "00000000-0000-0001-0000-000000000002.INPUT.1.!", "0-0-1-0-2.INPUT.1.cXdlbg",
        "00000000-0000-0001-0000-000000000002.INPUT.1.YQBi", "00000000-0000-0001-0000-000000000002.INPUT.99999999999.cXdlbg"})
    void whatIsNoLinesIdIsNotFound(String id) {
        assertThatThrownBy(() -> LineKey.of(id)).isInstanceOf(ProblemException.class).hasMessageContaining("no such thing");
    }
}
