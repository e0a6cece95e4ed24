package dev.penstock.contract.quota;

import dev.penstock.contract.CallId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.LimitRequestId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request for more than a limit allows. Amounts are in the meter's unit, see {@link LimitSpec}.
 *
 * @param title what the limit counts and whose it is, as it was when it was asked for
 * @param before what it allowed then
 * @param present what it allows now; null: it is gone, or allows any amount
 * @param amount what it should allow
 * @param call one that it refused; null: none is named
 * @param askedBy the subject of a sign-in, like {@code decidedBy}
 * @param lapsesAt when it lapses if nobody decides it
 * @param granted what it allowed once the request was approved; null: it was not
 * @param words of whoever decided
 * @param mayDecide whether the reader may
 * @param mayWithdraw whether the reader asked, and it waits
 */
public record LimitRequestView(
        LimitRequestId id,
        TenantId tenant,
        String tenantName,
        ProjectId project,
        String projectName,
        LimitId limit,
        String title,
        Meter meter,
        BigInteger before,
        @Nullable BigInteger present,
        BigInteger amount,
        String reason,
        @Nullable CallId call,
        String askedBy,
        Instant askedAt,
        Instant lapsesAt,
        LimitRequestState state,
        @Nullable BigInteger granted,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String words,
        boolean mayDecide,
        boolean mayWithdraw) {}
