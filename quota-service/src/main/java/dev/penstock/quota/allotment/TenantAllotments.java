package dev.penstock.quota.allotment;

import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What one tenant's callers take from on this replica, and how those that find too little get more. */
final class TenantAllotments {

    private static final Logger log = LoggerFactory.getLogger(TenantAllotments.class);

    private final TenantId tenant;
    private final AllotmentSettings settings;
    private final Presence presence;
    private final AllotmentMetrics metrics;
    private final Pots pots;
    private final Contact contact;
    private final Refusals refusals;
    private final Turn turn;
    private final WindowsAhead ahead;
    private volatile long called;
    private long slotsLookedFor;

    /** @param before what ended before this is never asked for again, so that what an earlier reading of it may have left is not learnt anew */
    TenantAllotments(TenantId tenant, AllotmentSettings settings, Presence presence, AllotmentMetrics metrics, Instant before) {
        this.tenant = tenant;
        this.settings = settings;
        this.presence = presence;
        this.metrics = metrics;
        this.pots = new Pots(settings.horizon(), settings.rest());
        this.contact = new Contact(settings.life(), settings.slotLife());
        this.refusals = new Refusals(settings.refusalMemory());
        this.turn = new Turn(settings.mostWaiting(), settings.turnPatience());
        this.ahead = new WindowsAhead(settings.windowsAhead(), settings.horizon());
        this.called = System.nanoTime();
        this.slotsLookedFor = called;
        pots.forget(before, System.nanoTime());
    }

    Pots pots() {
        return pots;
    }

    Contact contact() {
        return contact;
    }

    Turn turn() {
        return turn;
    }

    /** For how long nobody has asked, in nanoseconds. */
    long rested(long now) {
        return now - called;
    }

    /** Waits for nothing. Empty: {@link #acquire} has to be asked, on a thread that may wait. */
    Optional<Acquiring.Step> fromMemory(List<Claim> claims) {
        long now = System.nanoTime();
        called = now;
        Acquiring.Step step = acquiring(claims).begin(now);
        return step instanceof Acquiring.Turn ? Optional.empty() : Optional.of(step);
    }

    /**
     * Draws what is lacking. Waits, with bounds.
     *
     * @param counting has periods counted that nobody has counted yet
     */
    Acquiring.Step acquire(List<Claim> claims, Consumer<List<PotId>> counting) {
        long now = System.nanoTime();
        called = now;
        Acquiring acquiring = acquiring(claims);
        Acquiring.Step step = acquiring.begin(now);
        if (!(step instanceof Acquiring.Turn)) {
            return step;
        }
        if (!turn.take()) {
            metrics.turnedAway();
            return new Acquiring.Unavailable(Acquiring.Reason.BUSY);
        }
        try {
            metrics.waited(System.nanoTime() - now);
            return inTurn(acquiring, counting);
        } finally {
            turn.leave();
        }
    }

    private Acquiring.Step inTurn(Acquiring acquiring, Consumer<List<PotId>> counting) {
        Acquiring.Step step = acquiring.inTurn(System.nanoTime());
        while (true) {
            switch (step) {
                case Acquiring.Ask(Draw draw) -> step = ask(acquiring, draw);
                case Acquiring.Wait(long atMost) -> {
                    LockSupport.parkNanos(atMost);
                    step = acquiring.inTurn(System.nanoTime());
                }
                case Acquiring.Count(List<PotId> uncounted) -> {
                    counting.accept(uncounted);
                    step = acquiring.inTurn(System.nanoTime());
                }
                case Acquiring.ReadBack back -> step = readBack(acquiring);
                case Acquiring.Taken taken -> {
                    return taken;
                }
                case Acquiring.Refused refused -> {
                    return refused;
                }
                case Acquiring.Stale stale -> {
                    return stale;
                }
                case Acquiring.Unavailable unavailable -> {
                    return unavailable;
                }
                case Acquiring.Turn again -> throw new IllegalStateException("who has the turn waits for it");
            }
        }
    }

    private Acquiring.Step ask(Acquiring acquiring, Draw draw) {
        Drawing drawing;
        try {
            drawing = presence.keeper().draw(tenant, draw, presence.replicas());
        } catch (DataAccessException | TransactionException e) {
            log.warn("drawing for tenant {}: whether it was drawn is not known", tenant, e);
            return acquiring.lost();
        }
        metrics.drew(drawing);
        if (drawing instanceof Drawing.Superseded) {
            presence.superseded();
        }
        return acquiring.answered(drawing, System.nanoTime());
    }

    /** If even that fails, the next reading of the rows tells what was drawn. */
    private Acquiring.Step readBack(Acquiring acquiring) {
        Set<Long> known = pots.known();
        try {
            return presence.keeper().held(tenant)
                    .map(rows -> acquiring.readBack(rows, known, System.nanoTime()))
                    .orElseGet(() -> new Acquiring.Unavailable(Acquiring.Reason.SUPERSEDED));
        } catch (DataAccessException | TransactionException e) {
            log.warn("reading what is held of tenant {}", tenant, e);
            return new Acquiring.Unavailable(Acquiring.Reason.DATABASE);
        }
    }

    /**
     * Reads the rows while nobody draws, and what the caller reads with them in one transaction.
     *
     * @param beside read in the same transaction, with the tenant's lock shared
     * @param keep told of it before anything is taken on its word
     * @return false: nothing was read, since another process goes by this replica's name or the turn was not to be had
     */
    <T> boolean read(Supplier<T> beside, Consumer<T> keep) {
        if (!turn.takeAhead()) {
            return false;
        }
        try {
            long asked = System.nanoTime();
            Set<Long> known = pots.known();
            record Read<T>(List<Holding> rows, T beside) {}
            Optional<Read<T>> read = presence.keeper().heldWith(tenant, rows -> new Read<>(rows, beside.get()));
            read.ifPresentOrElse(both -> {
                keep.accept(both.beside());
                pots.learn(both.rows(), known);
                contact.heard(presence.metBefore(asked));
            }, presence::superseded);
            return read.isPresent();
        } finally {
            turn.leaveAhead();
        }
    }

    /** At {@code at}: what is idle goes back, what will be needed is drawn, what is over is forgotten. */
    void tend(List<Rate> rates, Instant at, Consumer<List<PotId>> counting) {
        long now = System.nanoTime();
        pots.forget(at.minus(Allotments.LATEST_ASK), now);
        giveBack(pots.giveUpIdle(now));
        if (contact.admits(now)) {
            List<Draw.Line> lines = new ArrayList<>(pots.refills(at, now));
            rates.forEach(rate -> ahead.draws(pots, rate.limit(), rate.window(), at, now).forEach(draw -> lines.addAll(draw.lines())));
            if (!lines.isEmpty()) {
                drawAhead(new Draw(lines), counting);
            }
        }
        if (presence.isUninterrupted(settings.slotsTakenBack(), now) && now - slotsLookedFor > settings.readResting().toNanos()) {
            slotsLookedFor = now;
            presence.keeper().takeBackSlots(tenant, settings.slotsTakenBack());
        }
    }

    /** What the limits have not left is not drawn, and nothing is refused for it. */
    private void drawAhead(Draw draw, Consumer<List<PotId>> counting) {
        if (!turn.takeAhead()) {
            ahead.forget();
            return;
        }
        boolean granted = false;
        try {
            Drawing drawing = presence.keeper().draw(tenant, draw, presence.replicas());
            if (drawing instanceof Drawing.NotCounted(List<PotId> uncounted)) {
                counting.accept(uncounted);
                drawing = presence.keeper().draw(tenant, draw, presence.replicas());
            }
            if (drawing instanceof Drawing.Granted(List<Holding> holdings)) {
                pots.learnAndTake(holdings, List.of());
                granted = true;
            }
        } finally {
            if (!granted) {
                ahead.forget();
            }
            turn.leaveAhead();
        }
    }

    /** What is given up here is free for nobody until the database has it; if it fails, the same is given up again. */
    void giveBack(List<Giving> givings) {
        if (!givings.isEmpty()) {
            if (presence.keeper().giveBack(tenant, givings)) {
                pots.returned(givings);
                metrics.returned(givings.size());
            } else {
                presence.superseded();
            }
        }
    }

    private Acquiring acquiring(List<Claim> claims) {
        return new Acquiring(pots, contact, refusals, new Acquiring.Bounds(settings.recallPatience(), settings.recallLook()), claims);
    }
}
