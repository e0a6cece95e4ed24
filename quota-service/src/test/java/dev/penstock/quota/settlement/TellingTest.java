package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Open pages hear of what was booked. */
class TellingTest {

    private final SpendBench bench = SpendBench.get();
    private final SpendBench.Tenant tenant = bench.tenant();

    @Test
    void whatWasBookedIsToldSoonAndNotForEveryCall() {
        for (int call = 0; call < 20; call++) {
            bench.settle(SpendBench.completed(tenant.admitted(tenant.ask(10, 10)), 1, 1));
        }
        bench.waitUntil(() -> !told().isEmpty());
        assertThat(told().size()).as("twenty calls in a row").isBetween(1, 19);
        int before = told().size();
        bench.settle(SpendBench.completed(tenant.admitted(tenant.ask(10, 10)), 1, 1));
        bench.waitUntil(() -> told().size() > before);
    }

    private List<String> told() {
        return bench.service.column("select subject from quota.change where kind = 'usage' and tenant_id = '%s'".formatted(tenant.id()));
    }
}
