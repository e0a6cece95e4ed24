package dev.penstock.quota.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final TenantId ONE = new TenantId(new UUID(1, 1));
    private static final TenantId OTHER = new TenantId(new UUID(1, 2));
    private static final Instant AT = Instant.parse("2026-02-01T10:59:59Z");

    @Test
    void eachTenantHasItsOwnAndEachHourBeginsAnew() {
        Budget budget = new Budget(3);
        assertThat(IntStream.range(0, 10).filter(i -> budget.take(ONE, AT)).count()).isEqualTo(3);
        assertThat(budget.take(OTHER, AT)).isTrue();
        assertThat(budget.take(ONE, AT)).isFalse();
        assertThat(budget.take(ONE, AT.plusSeconds(1))).isTrue();
    }

    @Test
    void noneIsNone() {
        assertThat(new Budget(0).take(ONE, AT)).isFalse();
    }
}
