package dev.penstock.platform.request;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.ApprovalPolicy;
import dev.penstock.contract.platform.PolicyCheck.Result;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rules, without a side effect. A request is approved at once only if everything passes; what policy could not look at, a person does.
 *
 * <p>The limits are those of a moment. Nothing is set aside here: between this and the reservation others may take what is left, and then
 * the slice waits in the queue. Refused is only what could not be granted even if nobody else held anything.
 */
final class RequestPolicy {

    /** A longer lease is in no month whole; this much of it is in every month it spans. */
    private static final Duration SHORTEST_MONTH = Duration.ofDays(28);

    private RequestPolicy() {}

    /** @param limits of the tenant with their present use; empty when quota-service could not be asked */
    static Findings check(Asked asked, ApprovalPolicy policy, Optional<List<LimitView>> limits, Instant now) {
        List<Finding> findings = new ArrayList<>();
        findings.add(lease(asked, policy));
        findings.add(gpuTime(asked, policy));
        if (limits.isEmpty()) {
            findings.add(Finding.of("quota", Result.NEEDS_APPROVAL,
                    "What is left of the quota could not be read just now. It is checked again before anything is set up.", Problem.QUOTA_UNAVAILABLE));
        } else {
            findings.addAll(slices(asked, limits.get()));
            findings.addAll(timeInMonth(asked, limits.get(), now));
        }
        return new Findings(findings);
    }

    private static Finding lease(Asked asked, ApprovalPolicy policy) {
        Duration longest = Duration.ofSeconds(policy.longestLeaseSeconds());
        boolean passes = asked.lease().compareTo(longest) <= 0;
        String sentence = passes
                ? Words.duration(asked.lease()) + "; this tenant allows up to " + Words.duration(longest) + "."
                : Words.duration(asked.lease()) + " is too long; this tenant allows at most " + Words.duration(longest) + ".";
        return Finding.of("lease", passes ? Result.PASSES : Result.REFUSED, sentence, Problem.LEASE_TOO_LONG)
                .with("limit", longest.toSeconds())
                .with("asked", asked.lease().toSeconds());
    }

    private static Finding gpuTime(Asked asked, ApprovalPolicy policy) {
        GpuTime most = policy.approvesUpTo();
        if (asked.gpuTime().compareTo(most) <= 0) {
            return Finding.of("gpu-time", Result.PASSES,
                    Words.gpuHours(asked.gpuTime()) + " at most, approved at once up to " + Words.gpuHours(most) + ".", Problem.NOT_ALLOWED);
        }
        String sentence = most.equals(GpuTime.ZERO)
                ? Words.gpuHours(asked.gpuTime()) + " at most; this tenant approves nothing at once, so somebody has to agree."
                : Words.gpuHours(asked.gpuTime()) + " at most, approved at once up to " + Words.gpuHours(most) + ": somebody has to agree.";
        return Finding.of("gpu-time", Result.NEEDS_APPROVAL, sentence, Problem.NOT_ALLOWED);
    }

    /** A number must stand on the tenant; one on the project narrows it. */
    private static List<Finding> slices(Asked asked, List<LimitView> limits) {
        List<LimitView> applying = applying(asked, limits, limit -> limit.meter() == Meter.SLICES && asked.profile().id().equals(limit.profile()));
        List<Finding> findings = new ArrayList<>();
        if (applying.stream().noneMatch(limit -> limit.project() == null)) {
            findings.add(Finding.of("slices", Result.REFUSED, "Nobody has set how many slices of " + asked.profile().id()
                    + " the tenant may hold; " + Finding.OWNER + " do.", Problem.LIMIT_REACHED).with("asked", 1));
        }
        applying.forEach(limit -> findings.add(slices(asked, limit)));
        return findings;
    }

    private static Finding slices(Asked asked, LimitView limit) {
        String whose = whose(limit);
        String rule = "slices-" + level(limit);
        String what = "slices of " + asked.profile().name();
        BigInteger amount = limit.cap();
        if (amount == null) {
            return limit(limit, rule, Result.PASSES, "The number of " + what + " of " + whose + " is not limited.", 1);
        }
        BigInteger held = limit.taken();
        if (amount.signum() == 0) {
            return limit(limit, rule, Result.REFUSED, Words.capital(whose) + " may hold no " + what + ".", 1);
        }
        return held.compareTo(amount) >= 0
                ? limit(limit, rule, Result.NEEDS_APPROVAL,
                        "All " + amount + " " + what + " of " + whose + " are held: it would wait until one is released.", 1)
                : limit(limit, rule, Result.PASSES, held + " of " + amount + " " + what + " of " + whose + " are held.", 1);
    }

    private static List<Finding> timeInMonth(Asked asked, List<LimitView> limits, Instant now) {
        List<LimitView> applying = applying(asked, limits, limit -> limit.meter() == Meter.GPU_TIME);
        List<Finding> findings = new ArrayList<>();
        if (applying.stream().noneMatch(limit -> limit.project() == null)) {
            findings.add(Finding.of("month", Result.REFUSED, "Nobody has set how many GPU-hours a month the tenant may use; "
                    + Finding.OWNER + " do.", Problem.LIMIT_REACHED).with("asked", asked.gpuTime()));
        }
        applying.forEach(limit -> findings.add(timeInMonth(asked, limit, now)));
        return findings;
    }

    /**
     * What the lease can use until the month ends, against what is left of it. Refused is a lease that would not even fit into a month in
     * which nothing is used: nobody knows when it will begin, so the reservation sets the whole of it aside in each month it can reach.
     */
    private static Finding timeInMonth(Asked asked, LimitView limit, Instant now) {
        String whose = whose(limit);
        String rule = "month-" + level(limit);
        Instant resets = limit.resets();
        Instant begins = asked.startsAt() == null ? now : asked.startsAt();
        GpuTime thisMonth = gpuTime(asked, resets == null ? asked.lease() : Duration.between(begins, resets));
        BigInteger amount = limit.cap();
        if (amount == null) {
            return limit(limit, rule, Result.PASSES, "The GPU-hours of " + whose + " are not limited.", thisMonth);
        }
        GpuTime whole = new GpuTime(amount.longValueExact());
        GpuTime inOneMonth = gpuTime(asked, SHORTEST_MONTH);
        if (inOneMonth.compareTo(whole) > 0) {
            String sentence = Words.gpuHours(inOneMonth) + " in one month; " + whose + " has " + Words.gpuHours(whole) + " a month in all.";
            return limit(limit, rule, Result.REFUSED, sentence, inOneMonth);
        }
        if (resets != null && !begins.isBefore(resets)) {
            return limit(limit, rule, Result.PASSES, Words.gpuHours(inOneMonth) + " in a month to come; " + whose + " has " + Words.gpuHours(whole) + " a month in all.", inOneMonth);
        }
        GpuTime left = new GpuTime(amount.subtract(limit.taken()).max(BigInteger.ZERO).longValueExact());
        String numbers = Words.gpuHours(thisMonth) + " this month; " + whose + " has " + Words.left(left, whole) + " left";
        if (thisMonth.compareTo(left) <= 0) {
            return limit(limit, rule, Result.PASSES, numbers + ".", thisMonth);
        }
        String until = resets == null ? "" : ", at the latest until " + Words.day(resets, asked.calendar());
        return limit(limit, rule, Result.NEEDS_APPROVAL, numbers + ": it would wait for more" + until + ".", thisMonth);
    }

    private static Finding limit(LimitView limit, String rule, Result result, String sentence, Object needed) {
        return Finding.of(rule, result, sentence, Problem.LIMIT_REACHED)
                .with("level", level(limit))
                .with("limit", limit.amount())
                .with("used", limit.used())
                .with("setAside", limit.setAside())
                .with("asked", needed)
                .with("resets", limit.resets());
    }

    private static List<LimitView> applying(Asked asked, List<LimitView> limits, Predicate<LimitView> of) {
        return limits.stream().filter(of).filter(limit -> limit.project() == null || Objects.equals(limit.project(), asked.project())).toList();
    }

    /** What the request can use of a stretch of time, or in its whole lease if that is shorter. */
    private static GpuTime gpuTime(Asked asked, Duration stretch) {
        Duration within = stretch.compareTo(asked.lease()) < 0 ? stretch : asked.lease();
        return within.isNegative() ? GpuTime.ZERO : GpuTime.of(asked.profile().parts(), within);
    }

    private static String level(LimitView limit) {
        return limit.project() == null ? "tenant" : "project";
    }

    private static String whose(LimitView limit) {
        return limit.project() == null ? "the tenant" : "the project";
    }
}
