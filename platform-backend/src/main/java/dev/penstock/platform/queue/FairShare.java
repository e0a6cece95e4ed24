package dev.penstock.platform.queue;

import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Divides one kind of part among those who wait for it. In this order:
 *
 * <ol>
 *   <li>Whose reservation has begun.
 *   <li>Who is within their tenant's guarantee, the longest waiting first. If too few parts are free, what is free is kept, and what is
 *       missing is taken back from who borrowed it.
 *   <li>Then everybody else: next is always the tenant that has borrowed least for its weight, with the slice that waits longest. Whoever
 *       does not fit lets those behind pass.
 * </ol>
 *
 * <p>Pure: the same picture gives the same decision. Not thread-safe, used once.
 */
public final class FairShare {

    private final Picture picture;
    private final Balance balance;
    private final List<Place> queue = new ArrayList<>();
    private final Space space;
    private final Ahead ahead;
    /** How much more is held than there is, as after a node was lost. Whoever is first needs that back as well. */
    private int overdrawn;
    /** Free soon without anybody being asked. */
    private int coming;
    private int reclaimable;
    private int missing;

    private FairShare(Picture picture) {
        this.picture = picture;
        this.balance = new Balance(picture);
        this.space = picture.space().get();
        this.ahead = new Ahead(picture, balance);
        this.overdrawn = Math.max(0, picture.held().stream().mapToInt(Held::size).sum() - picture.calendar().offered());
        this.coming = picture.held().stream().filter(held -> held.motion() == Held.Motion.GOING).mapToInt(Held::size).sum();
        this.reclaimable = takable().stream().mapToInt(Held::size).sum();
    }

    public static Decision decide(Picture picture) {
        return new FairShare(picture).decide();
    }

    /** Only who is next. Whoever asks for one slice need not work out for all who has to give back. */
    public static Decision queue(Picture picture) {
        FairShare share = new FairShare(picture);
        share.line();
        return new Decision(share.queue, List.of());
    }

    private Decision decide() {
        line();
        return new Decision(queue, takeBack());
    }

    private void line() {
        reserved();
        borrowed(guaranteed());
    }

    private void reserved() {
        picture.waiting().stream().filter(Waiting::booked).sorted(Waiting.OLDEST_FIRST).forEach(waiting -> queue.add(turn(waiting)));
    }

    /** @return who waits for more than is guaranteed to them, in the order of waiting */
    private List<Waiting> guaranteed() {
        List<Waiting> beyond = new ArrayList<>();
        picture.waiting().stream().filter(waiting -> !waiting.booked()).sorted(Waiting.OLDEST_FIRST).forEach(waiting -> {
            if (balance.cover(waiting.tenant(), waiting.size())) {
                Place place = turn(waiting);
                if (place.turn() == Place.Turn.LATER && !waiting.pressing()) {
                    // Nobody is stopped for it; the tenant's others must not wait for that.
                    balance.uncover(waiting.tenant(), waiting.size());
                }
                queue.add(place);
            } else {
                beyond.add(waiting);
            }
        });
        return beyond;
    }

    private Place turn(Waiting waiting) {
        boolean open = waiting.booked() || ahead.leavesRoom(waiting, false);
        Optional<String> cluster = open ? take(waiting) : Optional.empty();
        if (cluster.isPresent()) {
            ahead.give(waiting, false);
            return new Place(waiting, true, Place.Turn.NOW, cluster.get());
        }
        // What is free and has to be for a reservation that is about to begin is not collected.
        int free = open ? space.free() : 0;
        if (!waiting.pressing() || waiting.size() + overdrawn > free + coming + reclaimable) {
            return new Place(waiting, true, Place.Turn.LATER, null);
        }
        int left = waiting.size() - free + overdrawn;
        overdrawn = 0;
        space.keep(free);
        ahead.give(waiting, false);
        int byItself = Math.min(coming, left);
        coming -= byItself;
        reclaimable -= left - byItself;
        missing += left - byItself;
        return new Place(waiting, true, Place.Turn.COLLECTS, null);
    }

    private Optional<String> take(Waiting waiting) {
        return space.take(waiting.tenant(), waiting.size(), waiting.within());
    }

    private void borrowed(List<Waiting> beyond) {
        Map<TenantId, Deque<Waiting>> lines = new LinkedHashMap<>();
        beyond.forEach(waiting -> lines.computeIfAbsent(waiting.tenant(), tenant -> new ArrayDeque<>()).add(waiting));
        PriorityQueue<Line> next = new PriorityQueue<>();
        lines.forEach((tenant, line) -> next.add(new Line(balance.of(tenant), line)));
        while (!next.isEmpty()) {
            Deque<Waiting> line = next.remove().waiting();
            Waiting first = line.remove();
            Optional<String> cluster = ahead.leavesRoom(first, true) ? take(first) : Optional.empty();
            if (cluster.isPresent()) {
                ahead.give(first, true);
            }
            queue.add(new Place(first, false, cluster.isPresent() ? Place.Turn.NOW : Place.Turn.LATER, cluster.orElse(null)));
            balance.borrow(first.tenant(), first.size());
            if (!line.isEmpty()) {
                next.add(new Line(balance.of(first.tenant()), line));
            }
        }
    }

    /** One tenant's slices that wait, with what it has borrowed at this moment. Never empty. */
    private record Line(Share share, Deque<Waiting> waiting) implements Comparable<Line> {

        private static final Comparator<Line> ORDER = Comparator.comparing(Line::share).thenComparing(line -> line.waiting().element(), Waiting.OLDEST_FIRST);

        @Override
        public int compareTo(Line other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Workspaces before models that are served, who has notice before who has none, whose lease ends before the notice would, and then always
     * the tenant that has borrowed most for its weight, with what it asked for last. Nobody stays on the list without whom it would do as well.
     */
    private List<Held> takeBack() {
        Balance held = new Balance(picture);
        List<Held> left = new ArrayList<>(takable());
        List<Held> chosen = choose(missing, left, held, firstToGiveBack(held));
        if (missing > chosen.stream().mapToInt(Held::size).sum()) {
            throw new IllegalStateException("more is missing than was borrowed");
        }
        List<Held> asked = new ArrayList<>(chosen);
        for (Booked booked : ahead.inOrder()) {
            Comparator<Held> inTime = Comparator.comparing((Held one) -> !ahead.isGoneBy(one, booked.from()));
            List<Held> more = choose(ahead.missingFor(booked, asked), left, held, inTime.thenComparing(firstToGiveBack(held)));
            asked.addAll(more);
            more.stream().filter(one -> ahead.isTime(one, booked)).forEach(chosen::add);
        }
        return chosen;
    }

    /** Takes them out of {@code left}: as many as are missing, or as there are. */
    private List<Held> choose(int missing, List<Held> left, Balance balance, Comparator<Held> order) {
        List<Held> chosen = new ArrayList<>();
        int found = 0;
        while (found < missing && !left.isEmpty()) {
            Held next = left.stream().min(order).orElseThrow();
            left.remove(next);
            chosen.add(next);
            balance.giveBack(next.tenant(), next.size());
            found += next.size();
        }
        for (Held one : List.copyOf(chosen).reversed()) {
            if (found - one.size() >= missing) {
                chosen.remove(one);
                left.add(one);
                balance.borrow(one.tenant(), one.size());
                found -= one.size();
            }
        }
        return chosen;
    }

    private Comparator<Held> firstToGiveBack(Balance balance) {
        return Comparator.comparing(Held::serving)
                .thenComparing(held -> held.givesBackAt() == null)
                .thenComparing(held -> !endsInTime(held))
                .thenComparing(held -> balance.of(held.tenant()), Comparator.reverseOrder())
                .thenComparing(held -> held.tenant().value())
                .thenComparing(Held::since, Comparator.reverseOrder())
                .thenComparing(held -> held.slice().value(), Comparator.reverseOrder());
    }

    private List<Held> takable() {
        return balance.borrowing().stream().filter(held -> held.motion() == Held.Motion.STAYING).toList();
    }

    /** Its lease ends before it would have to give back. It is asked all the same: a lease can be extended. That of a served model is renewed as it goes. */
    private boolean endsInTime(Held held) {
        Instant end = held.leaseEndsAt();
        Instant asked = held.givesBackAt() == null ? picture.earliest() : held.givesBackAt();
        return !held.serving() && end != null && !end.isAfter(asked);
    }
}
