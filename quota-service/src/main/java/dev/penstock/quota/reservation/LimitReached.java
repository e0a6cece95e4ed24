package dev.penstock.quota.reservation;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.Meter;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.calendar.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A refusal in words for a person and members for a program: which limit, which number, who owns it, when it resets. */
final class LimitReached {

    private static final String OWNER = "administrators";

    private LimitReached() {}

    /** The limit has not enough left. */
    static ProblemException by(Standing standing) {
        Claim claim = standing.claim();
        Rule rule = claim.rule();
        Period period = claim.period();
        Instant resets = period.equals(Period.ALWAYS) ? null : period.end();
        return problem(sentence(standing), rule.level(), rule.owner(), rule.meter(), rule.profile())
                .with("rule", rule.id().toString())
                .with("limit", rule.cap())
                .with("used", standing.settled())
                .with("setAside", standing.leased())
                .with("asked", claim.asked())
                .with("resets", resets == null ? null : resets.toString());
    }

    /** Nobody has set a limit. */
    static ProblemException notSet(String tenant, Meter meter, Terms terms) {
        String what = meter == Meter.SLICES ? "slices of " + terms.profile() : "GPU-hours a month";
        return problem("Nobody has set a limit on " + what + " for tenant " + tenant + "; administrators set it, \"unlimited\" included.",
                        Rule.Level.TENANT, tenant, meter, meter == Meter.SLICES ? terms.profile() : null)
                .with("asked", meter == Meter.SLICES ? 1L : terms.partSeconds());
    }

    private static ProblemException problem(String detail, Rule.Level level, String name, Meter meter, @Nullable String profile) {
        return new ProblemException(Problem.LIMIT_REACHED, detail)
                .with("level", level.word())
                .with("name", name)
                .with("meter", meter.name())
                .with("profile", profile)
                .with("owner", OWNER);
    }

    private static String sentence(Standing standing) {
        Rule rule = standing.claim().rule();
        String who = (rule.project() == null ? "Tenant " : "Project ") + rule.owner();
        long limit = rule.cap() == null ? Long.MAX_VALUE : rule.cap();
        return rule.meter() == Meter.SLICES
                ? who + " may hold " + limit + " slices of " + rule.profile() + " at a time and holds " + standing.leased() + "."
                : who + " may use " + hours(limit) + " GPU-hours until " + standing.claim().period().end() + ": "
                    + hours(standing.settled()) + " are used, " + hours(standing.leased()) + " set aside, and up to "
                    + hours(standing.claim().asked()) + " more were asked for.";
    }

    /** For reading only, to a hundredth; the members are exact. */
    private static String hours(long partSeconds) {
        return BigDecimal.valueOf(partSeconds)
                .divide(BigDecimal.valueOf(GpuTime.PART_SECONDS_PER_GPU_HOUR), 2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
