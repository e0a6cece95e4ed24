package dev.penstock.quota.allotment;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * One allotment in its replica's memory. Guarded by the monitor of its {@link Pots}.
 *
 * <pre>
 * free = drawn − returned − out      out: taken and not given back, whether under way, used or settled
 * </pre>
 *
 * <p>{@code returned} runs ahead of the row and {@code drawn} behind it: a part is not free before the row says that it was drawn, and no longer
 * free before the row says that it was returned.
 */
final class Pot {

    private final PotId id;
    private final long allotment;
    private BigInteger drawn;
    private BigInteger returned;
    private BigInteger returnedInRow;
    private BigInteger free;
    private @Nullable BigInteger beyond;

    /** Nothing was taken of it in this life, or the pot would be known. */
    Pot(Holding holding) {
        this.id = holding.pot();
        this.allotment = holding.allotment();
        this.drawn = holding.drawn();
        this.returned = holding.returned();
        this.returnedInRow = holding.returned();
        this.free = drawn.subtract(returned);
        this.beyond = holding.beyond();
    }

    long allotment() {
        return allotment;
    }

    Holding holding() {
        return new Holding(id, allotment, drawn, returned, beyond);
    }

    boolean isOver() {
        return beyond != null && beyond.signum() < 0;
    }

    /** What a claim may take. */
    BigInteger free() {
        return isOver() ? BigInteger.ZERO : free;
    }

    /** What is left of its limit for this replica's callers; not negative. Null: the limit refuses nothing. */
    @Nullable BigInteger left() {
        return beyond == null ? null : beyond.add(free).max(BigInteger.ZERO);
    }

    /** Whether its row says that all of it was returned: then nothing of it is used, under way, or on its way back. */
    boolean isReturned() {
        return drawn.equals(returnedInRow);
    }

    Share take(Claim claim) {
        if (free().compareTo(claim.asked()) < 0) {
            throw new IllegalStateException("took " + claim.asked() + " of " + free());
        }
        free = free.subtract(claim.asked());
        return new Share(id, allotment, claim.asked());
    }

    void giveBack(BigInteger amount) {
        free = free.add(amount);
    }

    /** What its row says. Told late or twice it adds nothing. */
    void learn(Holding holding) {
        BigInteger more = holding.drawn().subtract(drawn);
        if (more.signum() > 0) {
            drawn = holding.drawn();
            free = free.add(more);
        }
        beyond = holding.beyond();
        wasReturned(holding.returned());
    }

    /** Whether giving up what is idle, or saying so again, has anything to say. */
    boolean hasToReturn() {
        return free.signum() > 0 || returned.compareTo(returnedInRow) > 0;
    }

    /** What is idle can be taken by nobody from here on. Until more is idle, the same total is named again. */
    Giving giveUpIdle(long recall) {
        returned = returned.add(free);
        free = BigInteger.ZERO;
        return new Giving(id, allotment, returned, recall);
    }

    void wasReturned(BigInteger total) {
        returnedInRow = returnedInRow.max(total);
    }
}
