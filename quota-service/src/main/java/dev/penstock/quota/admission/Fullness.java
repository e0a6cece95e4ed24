package dev.penstock.quota.admission;

import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.allotment.Allotments;
import dev.penstock.quota.allotment.PotId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * How full budgets are, as this replica knows it: from memory, without waiting. What other replicas have drawn ahead counts as used, and what they have
 * drawn since this one last did does not yet: so it may be wrong by what is drawn at a time. Of a limit of which nothing was drawn here nothing is said.
 */
@Component
public class Fullness {

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private final RuleCopies rules;
    private final Allotments allotments;

    Fullness(RuleCopies rules, Allotments allotments) {
        this.rules = rules;
        this.allotments = allotments;
    }

    /** @param percent used or set aside, 0 to 100, rounded down */
    public record Fullest(Meter meter, Window window, Verdict.Level level, int percent) {

        /** For example {@code money a month of the project}. */
        public String words() {
            String counted = meter.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return counted + (window == Window.LIFE ? " for life" : " a " + window.name().toLowerCase(Locale.ROOT)) + " of the " + level.word();
        }
    }

    /**
     * The fullest of the hard limits a day, a month and for life that count the caller's calls.
     *
     * @param models by any of which the call may be answered
     * @return empty: there is none, or nothing is known of any
     */
    public Optional<Fullest> of(Ask.Caller caller, Collection<String> models, Instant now) {
        return rules.covering(caller).flatMap(known -> known.counting(caller).stream()
                .filter(rule -> isBudget(rule) && (rule.models() == null || models.stream().anyMatch(rule::counts)))
                .flatMap(rule -> of(caller, rule, known, now).stream())
                .max(Comparator.comparingInt(Fullest::percent)));
    }

    private Optional<Fullest> of(Ask.Caller caller, CallRule rule, TenantRules known, Instant now) {
        BigInteger cap = rule.cap();
        if (cap == null) {
            return Optional.empty();
        }
        return allotments.left(caller.tenant(), new PotId(rule.id(), known.periods().period(rule.window(), now)))
                .map(left -> new Fullest(rule.meter(), rule.window(), rule.level(), percent(cap, left)));
    }

    private static boolean isBudget(CallRule rule) {
        return rule.window() == Window.DAY || rule.window() == Window.MONTH || rule.window() == Window.LIFE;
    }

    static int percent(BigInteger cap, BigInteger left) {
        return cap.signum() == 0 ? 100 : cap.subtract(left).max(BigInteger.ZERO).multiply(HUNDRED).divide(cap).intValueExact();
    }
}
