package dev.penstock.ui.playground;

import dev.penstock.contract.CallId;
import dev.penstock.contract.Money;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.ui.base.CallCells;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call came to, as the ledger has it: the sum of its attempts.
 *
 * @param model that answered, the last of them
 * @param prompt with what was cached
 * @param reasoning of the completion
 * @param estimated the tokens were set at their bound, because nobody told the number
 */
record Booked(String model, long prompt, long cached, long completion, long reasoning, Money cost, boolean estimated) {

    /** The time of a call is in its id, to the millisecond, and is the time of its rows. */
    private static final int TIME_AT = 16;
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final int LEAST_FAILURE = 500;

    /**
     * Looks it up.
     *
     * @param broke whether the call broke off: then the row of a failure is the last one, and no other is waited for
     * @return null: it is not in the books yet
     */
    static @Nullable Booked find(UsageApi usage, TenantId tenant, ProjectId project, CallId call, boolean broke) {
        Instant at = Instant.ofEpochMilli(call.value().getMostSignificantBits() >>> TIME_AT);
        List<CallRow> rows = usage.calls(tenant, project, null, null, at, at.plus(MILLISECOND), false, null).calls().stream()
                .filter(row -> row.call().equals(call))
                .toList();
        return rows.stream().anyMatch(row -> broke || row.status() < LEAST_FAILURE) ? of(rows) : null;
    }

    private static Booked of(List<CallRow> rows) {
        return rows.stream()
                .map(row -> new Booked(row.model(), CallCells.prompt(row), CallCells.cached(row), row.output(), row.reasoning(), row.cost(), row.estimated()))
                .reduce(Booked::plus)
                .orElseThrow();
    }

    private Booked plus(Booked other) {
        return new Booked(
                model, Math.addExact(prompt, other.prompt), Math.addExact(cached, other.cached), Math.addExact(completion, other.completion), Math.addExact(reasoning, other.reasoning), cost.plus(other.cost),
                estimated || other.estimated);
    }
}
