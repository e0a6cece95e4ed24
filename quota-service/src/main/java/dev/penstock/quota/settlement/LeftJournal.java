package dev.penstock.quota.settlement;

import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Journal;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Settles what a journal holds whose replica will not come back, and ends. */
@Component
public class LeftJournal {

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
    private final TenantBatches batches;
    private final SettlementSettings settings;

    LeftJournal(Journal journal, Settling settling, TenantBatches batches, SettlementSettings settings) {
        this.journal = journal;
        this.settling = settling;
        this.batches = batches;
        this.settings = settings;
    }

    /** @throws RuntimeException when the database does not answer; what is not settled stays in the journal */
    public Result settle() {
        Told told = new Told();
        for (List<Ended> batch = next(); !batch.isEmpty(); batch = next()) {
            batches.settle(batch, settling::apply, told);
        }
        return told.result;
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

    private final class Told implements TenantBatches.Outcome {

        private Result result = new Result(0, 0, 0);

        @Override
        public void done(List<Ended> ends, int settled) {
            journal.done(ends);
            result = result.plus(new Result(ends.size(), settled, 0));
        }

        @Override
        public void stuck(Ended end) {
            journal.giveUp(end);
            result = result.plus(new Result(1, 0, 1));
        }
    }
}
