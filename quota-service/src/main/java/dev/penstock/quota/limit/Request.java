package dev.penstock.quota.limit;

import dev.penstock.contract.CallId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.LimitRequestId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitRequestSpec;
import dev.penstock.contract.quota.LimitRequestState;
import dev.penstock.contract.quota.LimitRequestView;
import dev.penstock.contract.quota.Meter;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for more than a limit allows, as it is written down.
 *
 * @param decision null: it waits, or has lapsed
 */
record Request(
        TenantId tenant, LimitRequestId id, LimitId limit, ProjectId project, String title, Meter meter, BigInteger before, BigInteger amount, String reason,
        @Nullable CallId call, String askedBy, Instant askedAt, Instant lapsesAt, @Nullable Decision decision) {

    /**
     * What became of it.
     *
     * @param granted null: nothing
     */
    record Decision(LimitRequestState state, @Nullable BigInteger granted, String by, Instant at, @Nullable String words) {}

    /** Whoever asks the same again by the same id has asked before. */
    boolean says(LimitRequestSpec spec, String by) {
        return limit.equals(spec.limit()) && project.equals(spec.project()) && amount.equals(spec.amount()) && reason.equals(spec.reason())
                && Objects.equals(call, spec.call()) && askedBy.equals(by);
    }

    LimitRequestState state(Instant now) {
        return decision != null ? decision.state() : now.isBefore(lapsesAt) ? LimitRequestState.SUBMITTED : LimitRequestState.LAPSED;
    }

    boolean waits(Instant now) {
        return state(now) == LimitRequestState.SUBMITTED;
    }

    /**
     * As somebody sees it.
     *
     * @param reader the subject of their sign-in
     * @param decides whether they decide requests
     * @param present what the limit allows now; null: it is gone or allows any amount
     */
    LimitRequestView view(String tenantName, String projectName, @Nullable BigInteger present, String reader, boolean decides, Instant now) {
        boolean own = askedBy.equals(reader);
        return new LimitRequestView(
                id, tenant, tenantName, project, projectName, limit, title, meter, before, present, amount, reason, call, askedBy, askedAt, lapsesAt, state(now),
                decision == null ? null : decision.granted(), decision == null ? null : decision.by(), decision == null ? null : decision.at(),
                decision == null ? null : decision.words(), decides && !own && waits(now), own && waits(now));
    }
}
