package dev.penstock.platform.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to be free when reservations begin. Two things follow. Nobody is given a part that would still be held then and be missing, unless
 * one can be asked back in time. And whoever holds one then that is borrowed is asked back, as late as that is in time.
 */
final class Ahead {

    private final Picture picture;
    private final Calendar calendar;
    private final Set<Held> borrowing;
    private final List<Booked> inOrder;
    private final List<Given> given = new ArrayList<>();
    private final Map<Instant, Integer> staying = new HashMap<>();

    private record Given(Waiting slice, boolean borrows) {}

    Ahead(Picture picture, Balance balance) {
        this.picture = picture;
        this.calendar = picture.calendar();
        this.borrowing = Set.copyOf(balance.borrowing());
        this.inOrder = calendar.booked().stream().sorted(Comparator.comparing(Booked::from).thenComparing(one -> one.slice().value())).toList();
    }

    /** A part goes to it, or is kept for it. */
    void give(Waiting waiting, boolean borrows) {
        given.add(new Given(waiting, borrows));
    }

    /**
     * Whether a slice may come up now: with whoever cannot be gone by then there is still enough for each reservation when it begins. One
     * within its guarantee may have to wait for a notice as well: others are then asked back for it.
     */
    boolean leavesRoom(Waiting waiting, boolean borrows) {
        return inOrder.stream()
                .map(Booked::from)
                .filter(begin -> isInTheWay(new Given(waiting, borrows), begin))
                .allMatch(begin -> stayingAt(begin) + givenAt(begin) + bookedAt(begin) + waiting.size() <= calendar.offered());
    }

    /**
     * How many parts have to be asked back for the reservation, if nobody gives any back earlier than they were asked to. The end of a lease
     * is no promise: it can be extended.
     *
     * @param asked are given back by then
     */
    int missingFor(Booked booked, List<Held> asked) {
        Instant begin = booked.from();
        int held = picture.held().stream()
                .filter(one -> one.motion() != Held.Motion.GOING && !asked.contains(one) && !(one.isBooked(picture.now()) && !one.isBooked(begin)))
                .mapToInt(Held::size)
                .sum();
        return held + given.stream().mapToInt(one -> one.slice().size()).sum() + bookedAt(begin) - calendar.offered();
    }

    /** Reservations in the order in which they begin. */
    List<Booked> inOrder() {
        return inOrder;
    }

    /** Whether it has to be asked by now to give back before the reservation begins. A notice that was given for something else is none for this. */
    boolean isTime(Held held, Booked booked) {
        Duration ahead = calendar.ahead(held.serving());
        return !booked.from().minus(ahead).isAfter(picture.now());
    }

    /** Whether it is gone when the reservation begins if it is asked now, or was already. */
    boolean isGoneBy(Held held, Instant begin) {
        Instant asked = held.givesBackAt() == null ? picture.now().plus(calendar.ahead(held.serving())) : held.givesBackAt();
        return !asked.isAfter(begin) || (!held.serving() && held.leaseEndsAt() != null && !held.leaseEndsAt().isAfter(begin));
    }

    /** Who has no notice may extend its lease; who has cannot. The same for everybody who waits. */
    private int stayingAt(Instant begin) {
        return staying.computeIfAbsent(begin, this::countStayingAt);
    }

    private int countStayingAt(Instant begin) {
        return picture.held().stream()
                .filter(one -> one.motion() != Held.Motion.GOING)
                .filter(one -> one.isBooked(picture.now()) ? isHeldAt(one.leaseEndsAt(), begin) : !isOut(one, begin))
                .mapToInt(Held::size)
                .sum();
    }

    private boolean isOut(Held held, Instant begin) {
        return held.givesBackAt() == null ? borrowing.contains(held) && isInTime(held.serving(), begin) : isGoneBy(held, begin);
    }

    private boolean isInTime(boolean serving, Instant begin) {
        return !begin.isBefore(picture.now().plus(calendar.ahead(serving)));
    }

    private int givenAt(Instant begin) {
        return given.stream()
                .filter(one -> isInTheWay(one, begin))
                .mapToInt(one -> one.slice().size())
                .sum();
    }

    /** Who borrows can be asked back in time, or leaves before. The lease of one within its guarantee can be extended. */
    private boolean isInTheWay(Given one, Instant begin) {
        return !one.borrows() || (isHeldAt(one.slice().until(), begin) && !isInTime(one.slice().serving(), begin));
    }

    private int bookedAt(Instant moment) {
        return inOrder.stream().filter(one -> one.at(moment)).mapToInt(Booked::size).sum();
    }

    /** @param until null: nobody knows */
    private static boolean isHeldAt(@Nullable Instant until, Instant moment) {
        return until == null || until.isAfter(moment);
    }
}
