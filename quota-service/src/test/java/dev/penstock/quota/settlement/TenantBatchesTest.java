package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.CallId;
import dev.penstock.contract.TenantId;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Settlement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

/** Ends 0 to 5 of two tenants, odd and even. */
class TenantBatchesTest implements TenantBatches.Outcome {

    private static final List<Ended> ENDS = IntStream.range(0, 6).mapToObj(TenantBatchesTest::end).toList();

    private final TenantBatches batches = new TenantBatches(SpendBench.get().service.bean(SettlementMetrics.class));
    private final List<String> told = new ArrayList<>();

    @Test
    void allOfATenantAreSettledTogether() {
        batches.settle(ENDS, (tenant, ends) -> ends.size(), this);
        assertThat(told).containsExactlyInAnyOrder("done 0 2 4: 3", "done 1 3 5: 3");
    }

    @Test
    void oneThatCannotBeSettledKeepsNobodyElseFromIt() {
        batches.settle(ENDS, (tenant, ends) -> refusing(ends, 2, new DataIntegrityViolationException("no")), this);
        assertThat(told).containsExactlyInAnyOrder("done 0: 1", "stuck 2", "done 4: 1", "done 1 3 5: 3");
    }

    /** What is found open turn after turn is one that somebody has to look at, and one again after it was settled after all. */
    @Test
    void oneThatStaysStuckIsCountedOnce() {
        Counter stuck = SpendBench.get().service.bean(MeterRegistry.class).counter("penstock.settlement.stuck", "cause", "refused");
        double before = stuck.count();
        TenantBatches.Applying refusing = (tenant, ends) -> refusing(ends, 2, new DataIntegrityViolationException("no"));
        batches.settle(ENDS, refusing, this);
        batches.settle(ENDS, refusing, this);
        assertThat(stuck.count() - before).isEqualTo(1);
        assertThat(told).filteredOn("stuck 2"::equals).hasSize(2);
        batches.settle(ENDS, (tenant, ends) -> ends.size(), this);
        batches.settle(ENDS, refusing, this);
        assertThat(stuck.count() - before).isEqualTo(2);
    }

    @Test
    void whatGoesByItselfIsForWhoAskedToTryAgain() {
        RuntimeException away = new DataAccessResourceFailureException("away");
        assertThatThrownBy(() -> batches.settle(ENDS, (tenant, ends) -> refusing(ends, 2, away), this)).isSameAs(away);
        assertThat(told).doesNotContain("stuck 2").allMatch(line -> line.equals("done 1 3 5: 3"));
    }

    private static int refusing(Collection<Ended> ends, int number, RuntimeException failure) {
        if (ends.contains(ENDS.get(number))) {
            throw failure;
        }
        return ends.size();
    }

    @Override
    public void done(List<Ended> ends, int settled) {
        told.add("done " + String.join(" ", ends.stream().map(end -> Integer.toString(ENDS.indexOf(end))).toList()) + ": " + settled);
    }

    @Override
    public void stuck(Ended end) {
        told.add("stuck " + ENDS.indexOf(end));
    }

    private static Ended end(int number) {
        return new Ended(Settlement.notForwarded(new Attempt(new TenantId(new UUID(1, number % 2)), new CallId(new UUID(2, number)), 0)), null);
    }
}
