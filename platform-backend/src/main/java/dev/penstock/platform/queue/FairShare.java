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
import java.util.PriorityQueue;

/**
 * Divides one kind of part among those who wait for it. In this order:
 *
 * <ol>
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
    /** Free soon without anybody being asked. */
    private int coming;
    private int reclaimable;
    private int missing;

    private FairShare(Picture picture) {
        this.picture = picture;
        this.balance = new Balance(picture);
        this.space = picture.space().get();
        this.coming = picture.held().stream().filter(this::comesByItself).mapToInt(Held::size).sum();
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
        borrowed(guaranteed());
    }

    /** @return who waits for more than is guaranteed to them, in the order of waiting */
    private List<Waiting> guaranteed() {
        List<Waiting> beyond = new ArrayList<>();
        picture.waiting().stream().sorted(Waiting.OLDEST_FIRST).forEach(waiting -> {
            if (balance.cover(waiting.tenant(), waiting.size())) {
                Place.Turn turn = turn(waiting);
                if (turn == Place.Turn.LATER && !waiting.pressing()) {
                    // Nobody is stopped for it; the tenant's others must not wait for that.
                    balance.uncover(waiting.tenant(), waiting.size());
                }
                queue.add(new Place(waiting, true, turn));
            } else {
                beyond.add(waiting);
            }
        });
        return beyond;
    }

    private Place.Turn turn(Waiting waiting) {
        if (space.take(waiting.tenant(), waiting.size())) {
            return Place.Turn.NOW;
        }
        int free = space.free();
        if (!waiting.pressing() || waiting.size() > free + coming + reclaimable) {
            return Place.Turn.LATER;
        }
        // Less than nothing is free where more is held than there is: that is missing too.
        int left = waiting.size() - free;
        space.keep(free);
        int byItself = Math.min(coming, left);
        coming -= byItself;
        reclaimable -= left - byItself;
        missing += left - byItself;
        return Place.Turn.COLLECTS;
    }

    private void borrowed(List<Waiting> beyond) {
        Map<TenantId, Deque<Waiting>> lines = new LinkedHashMap<>();
        beyond.forEach(waiting -> lines.computeIfAbsent(waiting.tenant(), tenant -> new ArrayDeque<>()).add(waiting));
        PriorityQueue<Line> next = new PriorityQueue<>();
        lines.forEach((tenant, line) -> next.add(new Line(balance.of(tenant), line)));
        while (!next.isEmpty()) {
            Deque<Waiting> line = next.remove().waiting();
            Waiting first = line.remove();
            boolean fits = space.take(first.tenant(), first.size());
            queue.add(new Place(first, false, fits ? Place.Turn.NOW : Place.Turn.LATER));
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
     * Workspaces before models that are served, who has notice before who has none, and then always the tenant that has borrowed most for
     * its weight, with what it asked for last. Nobody stays on the list without whom it would do as well.
     */
    private List<Held> takeBack() {
        Balance held = new Balance(picture);
        List<Held> left = new ArrayList<>(takable());
        List<Held> chosen = new ArrayList<>();
        int found = 0;
        while (found < missing) {
            Held next = left.stream().min(firstToGiveBack(held)).orElseThrow(() -> new IllegalStateException("more is missing than was borrowed"));
            left.remove(next);
            chosen.add(next);
            held.giveBack(next.tenant(), next.size());
            found += next.size();
        }
        for (Held one : List.copyOf(chosen).reversed()) {
            if (found - one.size() >= missing) {
                chosen.remove(one);
                found -= one.size();
            }
        }
        return chosen;
    }

    private static Comparator<Held> firstToGiveBack(Balance balance) {
        return Comparator.comparing(Held::serving)
                .thenComparing(held -> held.givesBackAt() == null)
                .thenComparing(held -> balance.of(held.tenant()), Comparator.reverseOrder())
                .thenComparing(held -> held.tenant().value())
                .thenComparing(Held::since, Comparator.reverseOrder())
                .thenComparing(held -> held.slice().value(), Comparator.reverseOrder());
    }

    private List<Held> takable() {
        return balance.borrowing().stream().filter(held -> held.motion() == Held.Motion.STAYING && !comesByItself(held)).toList();
    }

    /** Being taken down, or its lease ends before it would have to give back anyway. The lease of a served model is renewed as it goes. */
    private boolean comesByItself(Held held) {
        Instant end = held.leaseEndsAt();
        Instant asked = held.givesBackAt() == null ? picture.earliest() : held.givesBackAt();
        return held.motion() == Held.Motion.GOING
                || (held.motion() == Held.Motion.STAYING && !held.serving() && end != null && !end.isAfter(asked));
    }
}
