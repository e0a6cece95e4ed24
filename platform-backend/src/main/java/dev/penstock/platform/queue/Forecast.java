package dev.penstock.platform.queue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When those who wait may expect a part: if every lease ends when it was agreed to, everybody who has notice goes, and nobody comes who is
 * ahead. Somebody may give back earlier, and somebody below their guarantee may come, so it is an estimate and no promise. Whoever's
 * turn depends on an end that nobody knows, such as a served model's, is told nothing; nor is whoever needs several parts on one node, or a
 * node of its tenant's own.
 */
public final class Forecast {

    /** Of no two waiting slices are both ids the same: a slice's own is unique among its tenant's. */
    private final Map<Waiting, Instant> expected = new HashMap<>();

    private Forecast(Picture picture, Decision decision) {
        Stream<Freed> ends = picture.held().stream()
                .flatMap(held -> Optional.ofNullable(end(held, picture, decision)).map(at -> new Freed(at, held.size())).stream());
        Deque<Freed> freed = Stream.concat(ends, picture.calendar().booked().stream().flatMap(booked -> reserved(booked, picture)))
                .sorted(Comparator.comparing(Freed::at).thenComparing(Freed::size))
                .collect(Collectors.toCollection(ArrayDeque::new));
        int pool = picture.space().get().free();
        Instant at = picture.now();
        while (!freed.isEmpty() && freed.element().size() < 0 && !freed.element().at().isAfter(picture.now())) {
            pool += freed.remove().size();
        }
        for (Place place : decision.queue()) {
            while (pool < place.slice().size() && !freed.isEmpty()) {
                Freed next = freed.remove();
                pool += next.size();
                at = next.at();
            }
            if (pool < place.slice().size()) {
                break;
            }
            pool -= place.slice().size();
            if (place.isTurn() || (picture.kind().alike() && place.slice().size() == 1)) {
                expected.put(place.slice(), place.isTurn() ? picture.now() : at);
            }
        }
    }

    public static Forecast of(Picture picture, Decision decision) {
        return new Forecast(picture, decision);
    }

    /** Null: nobody can say. */
    public @Nullable Instant of(Waiting waiting) {
        return expected.get(waiting);
    }

    /** @param size negative: so many are needed from then on */
    private record Freed(Instant at, int size) {}

    /** From when on nobody who would have to leave again is given a part, until it ends. */
    private static Stream<Freed> reserved(Booked booked, Picture picture) {
        Instant from = booked.from().minus(picture.calendar().ahead(false));
        return Stream.of(new Freed(from.isBefore(picture.now()) ? picture.now() : from, -booked.size()), new Freed(booked.to(), booked.size()));
    }

    /** Never in the past: an end that is overdue is expected any moment. */
    private static @Nullable Instant end(Held held, Picture picture, Decision decision) {
        Instant end = held.motion() == Held.Motion.GOING ? picture.now() : held.serving() ? null : held.leaseEndsAt();
        if (decision.givingBack().contains(held)) {
            Instant notice = held.givesBackAt() == null ? picture.earliest() : held.givesBackAt();
            end = end == null || notice.isBefore(end) ? notice : end;
        }
        return end == null || end.isAfter(picture.now()) ? end : picture.now();
    }
}
