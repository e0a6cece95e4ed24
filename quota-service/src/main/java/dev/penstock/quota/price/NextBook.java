package dev.penstock.quota.price;

import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.PriceBookSpec;
import dev.penstock.contract.quota.PriceSpec;
import dev.penstock.frame.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules of making a price book. Pure.
 *
 * <p>Prices change at whole seconds, so that no second of a slice has two, and never in the past: what was used has its price already. Of two
 * books that begin at the same moment the later version holds.
 */
final class NextBook {

    /** A slip of the keyboard would close the books to everybody for a century: the next one begins no earlier. */
    static final Duration FURTHEST_AHEAD = Duration.ofDays(3 * 366);

    private static final Set<String> CURRENCIES =
            Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).collect(Collectors.toUnmodifiableSet());

    private NextBook() {}

    /**
     * @param last the one before; null: there is none
     * @param present the one of that version, if there is one
     * @return empty when {@code present} says the same, which is a repeated request
     * @throws ProblemException {@code changed_meanwhile}, {@code invalid_input}, {@code wrong_state}
     */
    static Optional<PriceBook> after(
            @Nullable PriceBook last, @Nullable PriceBook present, int version, PriceBookSpec spec, String madeBy, Instant now) {
        requireSound(spec);
        if (present != null && saysTheSame(present, spec)) {
            return Optional.empty();
        }
        int expected = last == null ? 1 : last.version() + 1;
        if (version != expected) {
            throw new ProblemException(Problem.CHANGED_MEANWHILE, "The next price book is version " + expected + ", not " + version + "; nothing was saved.")
                    .with("expected", expected);
        }
        Instant from = beginning(spec.effectiveFrom(), now);
        if (last != null && !last.currency().equals(spec.currency())) {
            throw invalid("currency: all price books are in " + last.currency() + ", and nothing is converted.");
        }
        if (last != null && from.isBefore(last.effectiveFrom())) {
            throw new ProblemException(
                    Problem.WRONG_STATE, "Version " + last.version() + " begins at " + last.effectiveFrom() + "; the next one begins no earlier.");
        }
        return Optional.of(new PriceBook(version, spec.currency(), from, madeBy, now, spec.prices()));
    }

    private static void requireSound(PriceBookSpec spec) {
        if (!CURRENCIES.contains(spec.currency())) {
            throw invalid("currency: " + spec.currency() + " is not an ISO 4217 code.");
        }
        Set<Object> seen = new HashSet<>();
        for (PriceSpec price : spec.prices()) {
            if (price.sku().isBlank() || price.sku().chars().anyMatch(Character::isISOControl)) {
                throw invalid("prices: a sku has a name that can be read.");
            }
            if (!seen.add(List.of(price.sku(), price.meter()))) {
                throw invalid("prices: " + price.sku() + " has two prices for " + price.meter() + ".");
            }
        }
    }

    private static Instant beginning(@Nullable Instant asked, Instant now) {
        if (asked == null) {
            return now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        }
        if (asked.isBefore(now)) {
            throw invalid("effectiveFrom: " + asked + " has passed; what was used since has its price already.");
        }
        if (asked.isAfter(now.plus(FURTHEST_AHEAD))) {
            throw invalid("effectiveFrom: at most " + FURTHEST_AHEAD.toDays() + " days ahead.");
        }
        if (!asked.equals(asked.truncatedTo(ChronoUnit.SECONDS))) {
            throw invalid("effectiveFrom: prices change at a whole second.");
        }
        return asked;
    }

    /** Without a time, the same request came before: it meant the moment at which it came first. */
    private static boolean saysTheSame(PriceBook present, PriceBookSpec spec) {
        Instant from = spec.effectiveFrom() == null ? present.effectiveFrom() : spec.effectiveFrom();
        return present.equals(new PriceBook(present.version(), spec.currency(), from, present.madeBy(), present.madeAt(), spec.prices()));
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.INVALID_INPUT, detail);
    }
}
