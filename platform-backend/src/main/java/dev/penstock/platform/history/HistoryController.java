package dev.penstock.platform.history;

import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.FleetChanges;
import dev.penstock.contract.platform.FleetHistoryApi;
import dev.penstock.contract.platform.FleetPast;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.fleet.Cuts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HistoryController implements FleetHistoryApi {

    private static final int MOST_CHANGES = 500;
    private static final int MOST_NODES = 10_000;
    private static final Duration LONGEST = Duration.ofDays(400);
    /** Clocks of two machines are never quite the same. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final JobTransactions transactions;
    private final HistoryTable table;
    private final Cuts cuts;
    private final Access access;
    private final Clock clock;

    HistoryController(JobTransactions transactions, HistoryTable table, Cuts cuts, Access access, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.cuts = cuts;
        this.access = access;
        this.clock = clock;
    }

    @Override
    @Audited(action = "fleet.read", subject = "fleet")
    public FleetPast at(Instant at) {
        access.requireOrganisationRole();
        if (at.isAfter(clock.instant().plus(SKEW))) {
            throw new ProblemException(Problem.INVALID_INPUT, "at: what the fleet will be nobody knows; name a time that has passed.");
        }
        return read(() -> {
            Optional<Stretch> begun = table.begunBy(at);
            if (begun.isPresent() && begun.get().covers(at)) {
                return new FleetPast(at, true, null, null, table.at(at, MOST_NODES).stream().map(this::node).toList());
            }
            return new FleetPast(at, false, begun.map(Stretch::until).orElse(null), table.after(at).map(Stretch::from).orElse(null), List.of());
        });
    }

    @Override
    @Audited(action = "fleet.read", subject = "fleet")
    public FleetChanges changes(Instant from, Instant until, @Nullable String node) {
        access.requireOrganisationRole();
        if (!until.isAfter(from) || Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw new ProblemException(Problem.INVALID_INPUT, "from, until: name a span that ends after it begins and is not longer than " + LONGEST.toDays() + " days.");
        }
        return read(() -> {
            Optional<Instant> first = table.firstLook();
            if (first.isEmpty()) {
                return new FleetChanges(List.of(), false, List.of(new FleetChanges.Gap(null, null)));
            }
            // What was there at the first look did not appear then.
            Instant after = first.get().isBefore(from) ? from.minusNanos(1_000) : first.get();
            var told = new Told(table.within(from, until), table.around(after, until, node, MOST_CHANGES + 1));
            return told.view(after, until, MOST_CHANGES, table.after(until.minusNanos(1_000)).map(Stretch::from).orElse(null), first.get().isAfter(from));
        });
    }

    private FleetPast.Node node(Interval interval) {
        NodeState state = interval.state();
        Cuts.Cut cut = cuts.of(state.product(), state.gpus(), state.offered());
        return new FleetPast.Node(
                state.node(), state.product(), cut.device(), state.ready(), state.schedulable(), state.simulated(), state.offered(),
                state.listsDevices() ? List.of() : cut.gpus(), interval.from(), interval.until());
    }

    private <T> T read(Supplier<T> work) {
        return transactions.acrossTenants(Job.ORG, access.actor(), work);
    }
}
