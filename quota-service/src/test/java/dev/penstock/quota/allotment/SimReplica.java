package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One life of a replica: the real pots, and around them what a gateway does, in steps that anything may come between. */
final class SimReplica {

    static final Duration LIFE = Duration.ofSeconds(8);
    static final Duration SLOTS = Duration.ofSeconds(10);
    static final long SLOTS_TAKEN_BACK = Duration.ofSeconds(12).toNanos();
    private static final Acquiring.Bounds BOUNDS = new Acquiring.Bounds(Duration.ofMillis(500), Duration.ofMillis(40));
    private static final int WINDOWS = 2;
    private static final int BATCH = 10;
    /** Rows are read with every so many readings of the limits. */
    private static final int ROWS_EVERY = 4;

    private final World world;
    final String name;
    final SimJournal journal;
    final Pots pots = new Pots(Duration.ofSeconds(1), Duration.ofSeconds(6));
    private final WindowsAhead ahead = new WindowsAhead(WINDOWS, Duration.ofSeconds(1));
    private final Refusals refusals = new Refusals(Duration.ofMillis(100));
    private final Contact contact = new Contact(LIFE, SLOTS);
    private final Deque<Runnable> turn = new ArrayDeque<>();
    final Set<SimCall> calls = new LinkedHashSet<>();
    private final Map<Integer, Long> confirmed = new HashMap<>();
    private Map<LimitId, SimLimit> limits = new LinkedHashMap<>();
    /** What {@link Flaw#LEVEL_BY_LEVEL} has taken of some levels and not yet of others. */
    final Map<PotId, Long> partial = new HashMap<>();
    long epoch;
    boolean dead;
    boolean superseded;
    boolean recovered;
    long frozenUntil;
    long cutOffUntil;
    long troubledUntil;
    private boolean turnTaken;
    private int readings;
    private long connectedSince = Long.MAX_VALUE;

    SimReplica(World world, String name, SimJournal journal) {
        this.world = world;
        this.name = name;
        this.journal = journal;
    }

    // --- coming up

    void start() {
        long asked = world.time.now();
        send(() -> world.database.start(name), started -> {
            epoch = started;
            contact.heard(asked);
            every(200, this::meet);
            every(150, this::settle);
            every(300, this::readLimits);
            every(1_000, this::drawAhead);
            every(100, this::endStreamsWithoutContact);
            if (world.flaw == Flaw.RETURN_BEFORE_SETTLED) {
                giveBackFormerLives(() -> settleFormerLives(() -> recovered = true));
            } else {
                settleFormerLives(() -> giveBackFormerLives(() -> recovered = true));
            }
        }, this::again, this::again);
    }

    /** A start whose answer was lost takes one epoch more. */
    private void again() {
        world.on(this, 100, this::start);
    }

    private void settleFormerLives(Runnable then) {
        settleInParts(journal.all().stream().filter(end -> end.call().by != this).toList(), then);
    }

    private void settleInParts(List<ModelDatabase.End> ends, Runnable then) {
        if (ends.isEmpty()) {
            then.run();
            return;
        }
        int part = Math.min(ends.size(), BATCH);
        untilItWorks(() -> {
            world.database.settle(ends.subList(0, part));
            return true;
        }, () -> settleInParts(ends.subList(part, ends.size()), then));
    }

    private void giveBackFormerLives(Runnable then) {
        untilItWorks(() -> {
            world.database.recover(name, epoch, journal.id);
            return true;
        }, then);
    }

    private void untilItWorks(java.util.function.Supplier<Boolean> what, Runnable then) {
        Runnable again = () -> world.on(this, 100, () -> untilItWorks(what, then));
        send(what, done -> then.run(), again, again);
    }

    // --- what goes on all the time

    private void every(long millis, Runnable what) {
        what.run();
        world.on(this, millis, () -> every(millis, what));
    }

    /** Says that it is there, and hears who wants something back. */
    private void meet() {
        send(() -> met() ? world.database.recalls(name, epoch) : null, recalls -> {
            superseded |= recalls == null;
            if (recalls != null) {
                answer(recalls);
            }
        }, () -> {}, () -> connectedSince = Long.MAX_VALUE);
    }

    /** After the database was away nobody has been seen for long: who judges others has seen it for as long itself. */
    private boolean met() {
        boolean met = world.database.contact(name, epoch);
        connectedSince = Math.min(connectedSince, world.time.now());
        if (met && world.time.now() - connectedSince > SLOTS_TAKEN_BACK) {
            world.database.takeBackSlots(SLOTS_TAKEN_BACK);
        }
        return met;
    }

    private void answer(List<Recall> recalls) {
        if (world.flaw != Flaw.RECALLS_IGNORED) {
            giveBack(pots.answer(recalls));
        }
        giveBack(pots.giveUpIdle(world.time.now()));
    }

    void giveBack(List<Giving> givings) {
        if (givings.isEmpty()) {
            return;
        }
        if (world.flaw == Flaw.RETURN_NAMES_THE_PART) {
            giveBackParts(givings);
            return;
        }
        send(() -> world.database.giveBack(name, epoch, givings), done -> {
            if (done) {
                pots.returned(givings);
            }
        }, () -> {}, () -> {});
    }

    private void giveBackParts(List<Giving> givings) {
        Map<Long, Long> parts = new LinkedHashMap<>();
        for (Giving giving : givings) {
            parts.put(giving.allotment(), giving.returned().longValueExact() - partsBefore.getOrDefault(giving.allotment(), 0L));
        }
        send(() -> {
            parts.forEach(world.database::giveBackPart);
            return true;
        }, done -> {
            givings.forEach(giving -> partsBefore.put(giving.allotment(), giving.returned().longValueExact()));
            pots.returned(givings);
        }, () -> {}, () -> {});
    }

    private final Map<Long, Long> partsBefore = new HashMap<>();

    private void settle() {
        List<ModelDatabase.End> ends = journal.ended().stream().filter(end -> !confirmed.containsKey(end.call().number)).toList();
        if (!ends.isEmpty()) {
            send(() -> {
                world.database.settle(ends);
                return true;
            }, done -> ends.forEach(end -> confirmed.put(end.call().number, end.tokens())), () -> {}, () -> {});
        }
    }

    /** Limits are known a little late; of one that allows less than before, what is idle goes back. */
    private void readLimits() {
        send(() -> new LinkedHashMap<>(world.database.limits), now -> {
            boolean lowered = now.values().stream().anyMatch(limit -> limits.containsKey(limit.id()) && limits.get(limit.id()).amount() > limit.amount());
            limits = now;
            readings++;
            if (lowered || readings % ROWS_EVERY == 0) {
                inTurn(() -> readBack(this::turnIsOver));
            }
        }, () -> {}, () -> {});
        pots.forget(world.time.instant().minusSeconds(20), world.time.now());
    }

    /** Only this keeps what is held fresh: from here on it is known which limits allow less, and which rows are gone. */
    private void readBack(Runnable then) {
        long asked = world.time.now();
        Set<Long> known = pots.known();
        send(() -> world.database.held(name, epoch), rows -> {
            superseded |= rows == null;
            if (rows != null) {
                pots.learn(seen(rows), known);
                contact.heard(asked);
            }
            then.run();
        }, then, then);
    }

    private List<Holding> seen(List<Holding> rows) {
        return world.flaw == Flaw.LOWERED_IS_REUSED
                ? rows.stream().map(row -> new Holding(row.pot(), row.allotment(), row.drawn(), row.returned(), null)).toList() : rows;
    }

    private void drawAhead() {
        if (!mayAdmit()) {
            return;
        }
        for (SimLimit limit : limits.values()) {
            for (Draw draw : ahead.draws(pots, limit.id(), limit.window(), world.time.instant(), world.time.now())) {
                inTurn(() -> send(() -> {
                    world.database.count(draw.lines().stream().map(Draw.Line::pot).toList());
                    return world.database.draw(name, epoch, journal.id, draw);
                }, drawing -> {
                    if (drawing instanceof Drawing.Granted granted) {
                        pots.learnAndTake(granted.holdings(), List.of());
                    } else {
                        ahead.forget();
                    }
                    turnIsOver();
                }, this::notDrawnAhead, this::notDrawnAhead));
            }
        }
    }

    private void notDrawnAhead() {
        ahead.forget();
        turnIsOver();
    }

    private void endStreamsWithoutContact() {
        if (!contact.holdsSlots(world.time.now()) && world.flaw != Flaw.SLOTS_OUTLIVE_CONTACT) {
            List.copyOf(calls).stream().filter(call -> call.state == SimCall.State.RUNNING).forEach(this::end);
        }
    }

    // --- a call

    private boolean mayAdmit() {
        return !superseded && contact.admits(world.time.now());
    }

    boolean isThere() {
        long now = world.time.now();
        return !dead && !superseded && epoch > 0 && frozenUntil <= now && troubledUntil <= now && world.reaches(this) && world.database.hasMet(name, epoch);
    }

    void call(SimCall call) {
        if (epoch == 0 || !mayAdmit()) {
            return;
        }
        call.by = this;
        List<Claim> claims = limits.values().stream().filter(limit -> limit.counts(call)).map(limit -> new Claim(limit.pot(call), BigInteger.valueOf(limit.asked(call)))).toList();
        Acquiring acquiring = new Acquiring(pots, contact, refusals, BOUNDS, claims);
        world.acquires(claims);
        if (world.flaw == Flaw.LEVEL_BY_LEVEL) {
            levelByLevel(call, claims, new ArrayList<>(), acquiring);
        } else {
            step(call, acquiring, acquiring.begin(world.time.now()));
        }
    }

    private void levelByLevel(SimCall call, List<Claim> claims, List<Share> taken, Acquiring acquiring) {
        if (taken.size() == claims.size()) {
            taken.forEach(share -> partial.merge(share.pot(), -share.taken().longValueExact(), Long::sum));
            take(call, taken);
            return;
        }
        Claim claim = claims.get(taken.size());
        Acquiring one = new Acquiring(pots, contact, refusals, BOUNDS, List.of(claim));
        one(call, claims, taken, one, one.begin(world.time.now()));
    }

    private void one(SimCall call, List<Claim> claims, List<Share> taken, Acquiring one, Acquiring.Step step) {
        onStep(call, one, step, next -> one(call, claims, taken, one, next), shares -> {
            shares.forEach(share -> partial.merge(share.pot(), share.taken().longValueExact(), Long::sum));
            taken.addAll(shares);
            world.on(this, 20, () -> levelByLevel(call, claims, taken, one));
        }, () -> {
            taken.forEach(share -> partial.merge(share.pot(), -share.taken().longValueExact(), Long::sum));
            pots.cancel(taken);
        });
    }

    private void step(SimCall call, Acquiring acquiring, Acquiring.Step step) {
        onStep(call, acquiring, step, next -> step(call, acquiring, next), shares -> take(call, shares), () -> {});
    }

    private void onStep(
            SimCall call, Acquiring acquiring, Acquiring.Step step, java.util.function.Consumer<Acquiring.Step> next,
            java.util.function.Consumer<List<Share>> taken, Runnable failed) {
        switch (step) {
            case Acquiring.Taken yes -> {
                over(call);
                taken.accept(yes.shares());
            }
            case Acquiring.Turn waits -> inTurn(() -> {
                call.inTurn = true;
                next.accept(acquiring.inTurn(world.time.now()));
            });
            case Acquiring.Ask ask -> send(() -> world.database.draw(name, epoch, journal.id, ask.draw()), drawing -> next.accept(acquiring.answered(drawing, world.time.now())), () -> {
                if (world.flaw == Flaw.LOST_IS_GRANTED) {
                    next.accept(acquiring.answered(world.pretend(pots, ask.draw()), world.time.now()));
                } else {
                    next.accept(acquiring.lost());
                }
            }, () -> {
                over(call);
                failed.run();
            });
            case Acquiring.Wait wait -> world.on(this, Math.max(1, wait.atMost() / VirtualTime.MILLI), () -> next.accept(acquiring.inTurn(world.time.now())));
            case Acquiring.Count count -> send(() -> {
                world.database.count(count.pots());
                return true;
            }, done -> next.accept(acquiring.inTurn(world.time.now())), () -> next.accept(acquiring.inTurn(world.time.now())), () -> {
                over(call);
                failed.run();
            });
            case Acquiring.ReadBack back -> {
                Set<Long> known = pots.known();
                send(() -> world.database.held(name, epoch), rows -> next.accept(rows == null
                                ? new Acquiring.Unavailable(Acquiring.Reason.SUPERSEDED) : acquiring.readBack(seen(rows), known, world.time.now())),
                        () -> next.accept(acquiring.lost()), () -> {
                            over(call);
                            failed.run();
                        });
            }
            case Acquiring.Refused refused -> {
                over(call);
                world.refused(call, acquiring.claims(), refused);
                failed.run();
            }
            case Acquiring.Stale stale -> {
                over(call);
                failed.run();
            }
            case Acquiring.Unavailable unavailable -> {
                over(call);
                failed.run();
            }
        }
    }

    private void over(SimCall call) {
        if (call.inTurn) {
            call.inTurn = false;
            turnIsOver();
        }
    }

    /** The shares are taken: the intent first, and forwarded once that is durable. */
    private void take(SimCall call, List<Share> shares) {
        call.state = SimCall.State.TAKEN;
        call.shares = shares;
        if (call.hungUp) {
            pots.cancel(shares);
            call.shares = List.of();
            return;
        }
        world.on(this, world.time.between(1, world.sync), () -> {
            journal.intend(call, shares);
            world.intended(this, shares);
            world.on(this, world.time.between(0, 2), () -> forward(call));
        });
    }

    private void forward(SimCall call) {
        call.state = SimCall.State.RUNNING;
        calls.add(call);
        world.forwarded(call);
        world.on(this, world.time.between(5, world.time.chance(world.longStreams) ? 14_000 : 700), () -> end(call));
    }

    void end(SimCall call) {
        if (call.state != SimCall.State.RUNNING) {
            return;
        }
        calls.remove(call);
        world.stop(call);
        List<Used> used = call.shares.stream().map(share -> used(share, call.used)).toList();
        if (world.flaw == Flaw.FREE_BEFORE_DURABLE) {
            pots.end(used);
        }
        world.on(this, world.time.between(1, world.sync), () -> {
            journal.end(call, call.used);
            if (world.flaw != Flaw.FREE_BEFORE_DURABLE) {
                pots.end(used);
            }
        });
    }

    /** By the meter, which a limit keeps for good. */
    private Used used(Share share, long tokens) {
        return new Used(share, BigInteger.valueOf(Math.min(share.taken().longValueExact(), world.meters.get(share.pot().limit()) == Meter.TOKENS
                ? tokens : world.meters.get(share.pot().limit()) == Meter.REQUESTS ? 1 : 0)));
    }

    // --- one at a time of the tenant

    private void inTurn(Runnable what) {
        turn.add(what);
        nextTurn();
    }

    private void turnIsOver() {
        turnTaken = false;
        nextTurn();
    }

    private void nextTurn() {
        if (!turnTaken && !turn.isEmpty()) {
            turnTaken = true;
            world.on(this, 0, turn.remove());
        }
    }

    private <T> void send(java.util.function.Supplier<T> what, java.util.function.Consumer<T> then, Runnable lost, Runnable away) {
        world.send(this, what, then, lost, away);
    }
}
