package dev.penstock.quota.admission;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.Money;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.rating.TokenPrices;
import dev.penstock.quota.rating.Tokens;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to an {@link Ask}. Only {@link Admitted} lets anything be forwarded. */
public sealed interface Verdict {

    /**
     * Set aside on every limit, and the intent is durable.
     *
     * @param rooms what is left of each limit that counts this attempt and could refuse it, after it
     * @param prices at which it will be settled
     * @param bound what was set aside
     * @param reserved what that can cost at most; null where its tokens cost nothing
     */
    record Admitted(List<Room> rooms, TokenPrices prices, Ask.Bound bound, @Nullable Money reserved) implements Verdict {

        /** What settlement will charge for these counts. Empty where tokens cost nothing, and for counts beyond the bound, of which the caller pays a part at most. */
        public Optional<Money> cost(Counts.Read told) {
            if (prices.areFree() || told.input() < 0 || told.cacheRead() < 0 || told.cacheWrite() < 0 || told.output() < 0) {
                return Optional.empty();
            }
            Tokens used = new Tokens(told.input(), told.cacheRead(), told.cacheWrite(), told.output());
            return used.equals(used.within(bound.inputTokens(), bound.outputTokens()))
                    ? Optional.of(new Money(prices.cost(used), prices.currency()))
                    : Optional.empty();
        }
    }

    /**
     * One limit has not enough left. Nothing was set aside anywhere.
     *
     * @param rule the limit that says so
     * @param models the only ones that the limit counts; null: all
     * @param amount what it allows
     * @param settled what is used for good
     * @param leased what is set aside for others
     * @param asked what the attempt asked for; in the limit's unit, like the others
     * @param owner whose limit it is
     * @param resets when the period ends; null for concurrency and for life
     * @param retry when it may help to try again
     */
    record Refused(
            LimitId rule, Meter meter, Window window, @Nullable List<String> models, BigInteger amount, BigInteger settled, BigInteger leased,
            BigInteger asked, Owner owner, @Nullable Instant resets, Retry retry)
            implements Verdict {

        /** What is used or set aside. */
        public BigInteger used() {
            return settled.add(leased);
        }
    }

    /** A shared model without a price. It is ours to set one: the caller can do nothing. */
    record Unpriced(String sku) implements Verdict {}

    /** No answer could be had. Nothing is admitted without one. */
    record Unavailable(Reason reason) implements Verdict {}

    /**
     * What is left of one limit.
     *
     * @param left not negative
     * @param resets null for concurrency and for life
     */
    record Room(LimitId rule, Meter meter, Window window, Level level, BigInteger amount, BigInteger left, @Nullable Instant resets) {}

    /** @param name of the tenant, project or key; the subject of a person's sign-in */
    record Owner(Level level, String name) {}

    enum Level {
        TENANT,
        PROJECT,
        /** What somebody calls for a project by their own sign-in. */
        PERSON,
        KEY;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum Retry {
        /** The same attempt asks for more than the whole limit: it never fits. */
        NEVER,
        /** Once the period is over. */
        AFTER_RESET,
        /** Once others end: what they have set aside and do not use comes back. */
        WHEN_OTHERS_END
    }

    enum Reason {
        /** The database gave no answer, or none that could be trusted. */
        DATABASE,
        /** Too many attempts are under way here, or wait for their settlement. */
        BUSY,
        /** Another process goes by this replica's name. */
        SUPERSEDED,
        /** The day of the call has no place to be written down. */
        NO_PARTITION,
        /** More limits count the call than can be written down for it; an administrator has to remove some. */
        TOO_MANY_LIMITS
    }
}
