package dev.penstock.quota.settlement;

import dev.penstock.contract.TenantId;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Settles what a journal holds whose replica will not come back, and ends. */
@Component
public class LeftJournal {

    private static final Logger log = LoggerFactory.getLogger(LeftJournal.class);

    /**
     * @param told attempts that the journal tells of
     * @param settled those that were open
     * @param stuck those that the database refuses; their files stay
     */
    public record Result(int told, int settled, int stuck) {

        private Result plus(Result other) {
            return new Result(told + other.told, settled + other.settled, stuck + other.stuck);
        }
    }

    private final Journal journal;
    private final Settling settling;
    private final SettlementSettings settings;

    LeftJournal(Journal journal, Settling settling, SettlementSettings settings) {
        this.journal = journal;
        this.settling = settling;
        this.settings = settings;
    }

    /** @throws RuntimeException when the database does not answer; what is not settled stays in the journal */
    public Result settle() {
        Result result = new Result(0, 0, 0);
        for (List<Ended> batch = next(); !batch.isEmpty(); batch = next()) {
            Map<TenantId, List<Ended>> byTenant = batch.stream().collect(Collectors.groupingBy(end -> end.attempt().tenant()));
            for (Map.Entry<TenantId, List<Ended>> ends : byTenant.entrySet()) {
                result = result.plus(settle(ends.getKey(), ends.getValue()));
            }
        }
        return result;
    }

    /** All that there will be is there from the beginning. */
    private List<Ended> next() {
        try {
            return journal.take(settings.batch(), Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private Result settle(TenantId tenant, List<Ended> ends) {
        try {
            int settled = settling.apply(tenant, ends.stream().map(Ended::settlement).toList());
            journal.done(ends);
            return new Result(ends.size(), settled, 0);
        } catch (RuntimeException e) {
            if (Failures.goByThemselves(e)) {
                throw e;
            }
            return oneByOne(tenant, ends, e);
        }
    }

    private Result oneByOne(TenantId tenant, List<Ended> ends, RuntimeException failure) {
        if (ends.size() == 1) {
            log.error("attempt {} cannot be settled and stays open", ends.getFirst().attempt(), failure);
            journal.giveUp(ends.getFirst());
            return new Result(1, 0, 1);
        }
        return ends.stream().map(end -> settle(tenant, List.of(end))).reduce(new Result(0, 0, 0), Result::plus);
    }
}
