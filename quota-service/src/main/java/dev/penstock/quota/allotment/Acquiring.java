package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How one caller gets its shares: from memory, or by drawing. Pure: each method says what is to be done next, and is told what became of it.
 *
 * <pre>
 * begin ──> Taken                                                nothing else happens on the way of nearly every call
 *       ──> Refused                                              PostgreSQL said so a moment ago
 *       ──> Turn ──> inTurn ──> Taken, Refused                   others have drawn meanwhile
 *                           ──> Ask ──> answered ──> Taken
 *                                                ──> Ask         another level is short by now
 *                                                ──> Wait        others were asked to return what is idle ──> inTurn
 *                                                ──> Count, Stale ──> inTurn
 *                                                ──> Refused
 *                                   ──> lost ──> ReadBack ──> readBack ──> as inTurn
 * </pre>
 *
 * <p>From {@link Turn} on the caller has the tenant's turn: one at a time draws, so that what is granted to one is taken by it.
 */
public final class Acquiring {

    public sealed interface Step {}

    public record Taken(List<Share> shares) implements Step {}

    /** Wait for the tenant's turn, then {@link #inTurn}. */
    public record Turn() implements Step {}

    public record Ask(Draw draw) implements Step {}

    /** Wait until something was returned, no longer than this many nanoseconds, then {@link #inTurn}. */
    public record Wait(long atMost) implements Step {}

    /** Have these counted, then {@link #inTurn}. */
    public record Count(List<PotId> pots) implements Step {}

    /** Read the tenant's rows, then {@link #readBack}. */
    public record ReadBack() implements Step {}

    /** @param remembered whether PostgreSQL said so to another caller, a moment ago */
    public record Refused(List<Drawing.Refusal> refusals, boolean remembered) implements Step {}

    /** These limits have been removed: begin anew with the present ones. */
    public record Stale(List<LimitId> limits) implements Step {}

    public record Unavailable(Reason reason) implements Step {}

    public enum Reason {
        /** No answer, or none that settled it in so many rounds, or the rows have not been read for longer than an allotment's life. */
        DATABASE,
        SUPERSEDED,
        /** Too many callers of the tenant wait for their turn, or it took too long. */
        BUSY
    }

    /**
     * @param patience how long a caller waits at most for others to return what is idle
     * @param look how often it looks whether they have
     */
    public record Bounds(Duration patience, Duration look) {}

    /** After so many draws that were not enough since another level had become short, everything is drawn anew on every level. */
    private static final int FIRST_ROUNDS = 3;

    /** Questions to the database of one caller, those not counted that wait for others. */
    private static final int MOST_ROUNDS = 8;

    private final Pots pots;
    private final Contact contact;
    private final Refusals refusals;
    private final Bounds bounds;
    private final List<Claim> claims;
    private final Map<PotId, Long> recalls = new HashMap<>();
    private int rounds;
    private long asked;
    private long waitsUntil;

    Acquiring(Pots pots, Contact contact, Refusals refusals, Bounds bounds, List<Claim> claims) {
        this.pots = pots;
        this.contact = contact;
        this.refusals = refusals;
        this.bounds = bounds;
        this.claims = List.copyOf(claims);
    }

    List<Claim> claims() {
        return claims;
    }

    public Step begin(long now) {
        return contact.admits(now) ? tookOr(pots.take(claims, now), lacking -> rememberedOr(lacking, Turn::new, now)) : new Unavailable(Reason.DATABASE);
    }

    /** Who waited for its turn may have waited for longer than what is held here is fresh. */
    public Step inTurn(long now) {
        return takeAfter(List.of(), lacking -> recalls.isEmpty() ? rememberedOr(lacking, () -> ask(now), now) : ask(now), now);
    }

    public Step answered(Drawing drawing, long now) {
        return switch (drawing) {
            case Drawing.Granted granted -> takeAfter(granted.holdings(), lacking -> ask(now), now);
            case Drawing.Refused refused -> refused(refused, now);
            case Drawing.NotCounted notCounted -> new Count(notCounted.pots());
            case Drawing.Gone gone -> new Stale(gone.limits());
            case Drawing.Superseded gone -> new Unavailable(Reason.SUPERSEDED);
        };
    }

    /** The answer was lost: it may have been drawn or not. */
    public Step lost() {
        return new ReadBack();
    }

    public Step readBack(List<Holding> rows, Set<Long> known, long now) {
        pots.learn(rows, known);
        return inTurn(now);
    }

    private Step takeAfter(List<Holding> learnt, Function<Taking.Short, Step> otherwise, long now) {
        boolean fresh = contact.admits(now);
        Taking taking = pots.learnAndTake(learnt, fresh ? claims : List.of());
        return fresh ? tookOr(taking, otherwise) : new Unavailable(Reason.DATABASE);
    }

    private static Step tookOr(Taking taking, Function<Taking.Short, Step> otherwise) {
        return switch (taking) {
            case Taking.Taken taken -> new Taken(taken.shares());
            case Taking.Short lacking -> otherwise.apply(lacking);
        };
    }

    private Step rememberedOr(Taking.Short lacking, Supplier<Step> otherwise, long now) {
        return refusals.find(lacking.lacks(), now).<Step>map(refusal -> new Refused(List.of(refusal), true)).orElseGet(otherwise);
    }

    private Step ask(long now) {
        if (++rounds > MOST_ROUNDS) {
            return new Unavailable(Reason.DATABASE);
        }
        asked = now;
        return new Ask(pots.draw(claims, rounds > FIRST_ROUNDS, recalls, now));
    }

    /** One that waits for nobody decides: without it nothing can be taken. */
    private Step refused(Drawing.Refused refused, long now) {
        List<Drawing.Refusal> certain = refused.refusals().stream().filter(refusal -> !refusal.awaited()).toList();
        if (recalls.isEmpty()) {
            waitsUntil = asked + bounds.patience().toNanos();
        }
        if (certain.isEmpty() && waitsUntil - now > 0) {
            refused.refusals().forEach(refusal -> recalls.put(refusal.pot(), refusal.recall()));
            rounds--;
            return new Wait(Math.min(bounds.look().toNanos(), waitsUntil - now));
        }
        List<Drawing.Refusal> told = certain.isEmpty() ? refused.refusals() : certain;
        refusals.remember(told, asked);
        return new Refused(told, false);
    }
}
