package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pots of one tenant on one replica, under one monitor that is held for a few additions. No I/O and no clock: time is given, in nanoseconds of
 * a monotonic clock.
 *
 * <p>Why one monitor and not a compare-and-set per level:
 *
 * <pre>
 * tenant 5 free, project A 5, project B 1
 * A: takes 5 of the tenant, will find its key short in a moment, and give them back
 * B: asks 1 of the tenant: short, because of a call that is never made
 * </pre>
 */
public final class Pots {

    private final long stretch;
    private final long rest;
    private final Map<PotId, Pot> pots = new LinkedHashMap<>();
    private final Map<LimitId, Demand> demands = new HashMap<>();
    private Instant over = Instant.MIN;
    private boolean retired;

    /**
     * @param stretch of demand that is worth drawing for
     * @param rest without any demand, after which what is idle is returned
     */
    public Pots(Duration stretch, Duration rest) {
        this.stretch = stretch.toNanos();
        this.rest = rest.toNanos();
    }

    /** Takes of all, or changes nothing. */
    public synchronized Taking take(List<Claim> claims, long now) {
        claims.forEach(claim -> demand(claim.pot(), now).asked(claim.asked(), now));
        return takeAll(claims);
    }

    /** Learns what was drawn and takes, in one step: nobody takes it away in between. */
    synchronized Taking learnAndTake(List<Holding> holdings, List<Claim> claims) {
        holdings.forEach(this::learn);
        return takeAll(claims);
    }

    /**
     * What has to be drawn for these claims; no lines: nothing.
     *
     * @param whole as if nothing were free
     * @param recalls that were made for them already, by pot
     */
    synchronized Draw draw(List<Claim> claims, boolean whole, Map<PotId, Long> recalls, long now) {
        return new Draw(claims.stream()
                .map(claim -> new Draw.Line(
                        claim.pot(), whole ? claim.asked() : lacking(claim), demand(claim.pot(), now).perStretch(now), recalls.getOrDefault(claim.pot(), 0L)))
                .filter(line -> line.needed().signum() > 0)
                .toList());
    }

    /** What was asked of a limit lately, per stretch; nothing once nobody asks for any more. */
    synchronized BigInteger demand(LimitId limit, long now) {
        Demand demand = demands.get(limit);
        return demand == null || rests(limit, now) ? BigInteger.ZERO : demand.perStretch(now);
    }

    /** Whether anything of this was ever drawn. */
    synchronized boolean has(PotId pot) {
        return pots.containsKey(pot);
    }

    /** As far as is known here. */
    synchronized Optional<Holding> holding(PotId pot) {
        return Optional.ofNullable(pots.get(pot)).map(Pot::holding);
    }

    /** What could be taken at this moment. */
    synchronized BigInteger free(PotId pot) {
        Pot found = pots.get(pot);
        return found == null ? BigInteger.ZERO : found.free();
    }

    /** What is left of a limit for this replica's callers, as far as is known here; empty: it refuses nothing, or nothing of it was drawn. */
    synchronized Optional<BigInteger> left(PotId pot) {
        return Optional.ofNullable(pots.get(pot)).map(Pot::left);
    }

    /**
     * Forgets everything, for good, unless anything is still held: used, under way, idle, or on its way back. From then on nothing is taken or learnt
     * here: who still knows these pots finds them short, and the rows tell the next ones what is free.
     *
     * @return whether it did
     */
    synchronized boolean retire() {
        if (!pots.values().stream().allMatch(Pot::isReturned)) {
            return false;
        }
        retired = true;
        pots.clear();
        return true;
    }

    /** What would have to be drawn for what is free in the periods of {@code at} to last for a stretch. Nothing of it is needed. */
    synchronized List<Draw.Line> refills(Instant at, long now) {
        return pots.entrySet().stream().filter(entry -> entry.getKey().period().contains(at) && !entry.getValue().isOver()).flatMap(entry -> {
            BigInteger wanted = demand(entry.getKey().limit(), now).subtract(entry.getValue().free());
            return wanted.signum() > 0 ? Stream.of(new Draw.Line(entry.getKey(), BigInteger.ZERO, wanted, 0)) : Stream.of();
        }).toList();
    }

    /** The attempt's end is durable: what it did not use is free. Shares of allotments that are gone give back to nobody. */
    public synchronized void end(Collection<Used> ends) {
        ends.forEach(used -> find(used.share()).ifPresent(pot -> pot.giveBack(used.left())));
    }

    /** Nothing became of the attempt, and for certain no intent of it is durable. */
    public synchronized void cancel(Collection<Share> shares) {
        shares.forEach(share -> find(share).ifPresent(pot -> pot.giveBack(share.taken())));
    }

    /** Answers recalls: whatever is idle of these allotments is given up. One that is unknown here holds nothing that was taken, and is learnt first. */
    public synchronized List<Giving> answer(Collection<Recall> recalls) {
        List<Giving> givings = new ArrayList<>();
        for (Recall recall : recalls) {
            pots.values().stream().filter(pot -> pot.allotment() == recall.allotment()).forEach(pot -> givings.add(pot.giveUpIdle(recall.number())));
        }
        return givings;
    }

    /** Gives up what is idle of limits that nobody asks for any more, and all that is idle of those that allow less than is used. */
    public synchronized List<Giving> giveUpIdle(long now) {
        return giveUp(entry -> entry.getValue().isOver() || rests(entry.getKey().limit(), now));
    }

    /** Everything that is idle: the program stops. */
    public synchronized List<Giving> giveUpAll() {
        return giveUp(entry -> true);
    }

    /** The database has them. Until it is told so here, the same are given up again. */
    public synchronized void returned(Collection<Giving> givings) {
        for (Giving giving : givings) {
            Pot pot = pots.get(giving.pot());
            if (pot != null && pot.allotment() == giving.allotment()) {
                pot.wasReturned(giving.returned());
            }
        }
    }

    /** Numbers of the allotments that are known here: to be asked for before {@link #learn} reads the rows. */
    public synchronized Set<Long> known() {
        return pots.values().stream().map(Pot::allotment).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Learns all rows that are this life's, read while nobody of the tenant draws.
     *
     * @param known from before they were read: one of these that has no row is gone for good
     */
    public synchronized void learn(List<Holding> rows, Set<Long> known) {
        Set<Long> there = rows.stream().map(Holding::allotment).collect(Collectors.toSet());
        pots.values().removeIf(pot -> known.contains(pot.allotment()) && !there.contains(pot.allotment()));
        rows.forEach(this::learn);
    }

    /**
     * Forgets periods that ended before this and demand that has ended. What was left in those periods dies with them.
     *
     * @param before earlier than the time of any attempt still to come
     */
    public synchronized void forget(Instant before, long now) {
        over = before.isAfter(over) ? before : over;
        pots.keySet().removeIf(this::isOver);
        demands.values().removeIf(demand -> demand.rest(now) >= rest);
    }

    private Taking takeAll(List<Claim> claims) {
        List<Taking.Lack> lacks = new ArrayList<>();
        for (Claim claim : claims) {
            BigInteger lacking = lacking(claim);
            if (lacking.signum() > 0) {
                lacks.add(new Taking.Lack(claim.pot(), lacking));
            }
        }
        if (!lacks.isEmpty()) {
            return new Taking.Short(List.copyOf(lacks));
        }
        return new Taking.Taken(claims.stream().map(claim -> Objects.requireNonNull(pots.get(claim.pot())).take(claim)).toList());
    }

    /** Never negative. */
    private BigInteger lacking(Claim claim) {
        Pot pot = pots.get(claim.pot());
        return pot == null ? claim.asked() : claim.asked().subtract(pot.free()).max(BigInteger.ZERO);
    }

    /** Rows of a limit's period get ever higher numbers: a lower one was read before the pot's was made. */
    private void learn(Holding holding) {
        if (retired || isOver(holding.pot())) {
            // What was taken of it is forgotten here, or known to others, so its row does not say what is free.
            return;
        }
        @Nullable Pot pot = pots.get(holding.pot());
        if (pot == null || pot.allotment() < holding.allotment()) {
            pots.put(holding.pot(), new Pot(holding));
        } else if (pot.allotment() == holding.allotment()) {
            pot.learn(holding);
        }
    }

    private List<Giving> giveUp(Predicate<Map.Entry<PotId, Pot>> which) {
        return pots.entrySet().stream().filter(entry -> entry.getValue().hasToReturn() && which.test(entry)).map(entry -> entry.getValue().giveUpIdle(0)).toList();
    }

    private Optional<Pot> find(Share share) {
        return Optional.ofNullable(pots.get(share.pot())).filter(pot -> pot.allotment() == share.allotment());
    }

    private Demand demand(PotId pot, long now) {
        if (isOver(pot)) {
            throw new IllegalArgumentException("a claim on " + pot + ", which is over");
        }
        return demands.computeIfAbsent(pot.limit(), limit -> new Demand(stretch, now));
    }

    private boolean rests(LimitId limit, long now) {
        Demand demand = demands.get(limit);
        return demand == null || demand.rest(now) >= rest;
    }

    private boolean isOver(PotId pot) {
        return !pot.period().end().isAfter(over);
    }
}
