package dev.penstock.platform.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of a kind is reserved from moments to come, beside what is offered now.
 *
 * @param offered parts of the kind on ready nodes
 * @param booked those that have not begun
 * @param notice how long before a workspace is stopped it is told
 * @param servingNotice the same of a model server
 */
public record Calendar(int offered, List<Booked> booked, Duration notice, Duration servingNotice) {

    /** What taking a slice down may take, so that its part is free when a reservation begins. */
    static final Duration TAKING_DOWN = Duration.ofMinutes(2);

    /** Parts that are spoken for from a moment until another. */
    public record Span(Instant from, Instant to, int size) {}

    public Calendar {
        booked = List.copyOf(booked);
    }

    /** Only what is offered: nothing is reserved. */
    public static Calendar empty(int offered) {
        return new Calendar(offered, List.of(), Duration.ZERO, Duration.ZERO);
    }

    /** How long before a reservation begins whoever borrows a part that it needs has to be asked. */
    Duration ahead(boolean serving) {
        return (serving ? servingNotice : notice).plus(TAKING_DOWN);
    }

    /** The most parts that are spoken for at one moment of a time. It is reached where something begins. */
    public static int busiest(Collection<Span> spans, Instant from, Instant to) {
        return Stream.concat(Stream.of(from), spans.stream().map(Span::from).filter(begin -> begin.isAfter(from) && begin.isBefore(to)))
                .mapToInt(moment -> spans.stream().filter(span -> !span.from().isAfter(moment) && span.to().isAfter(moment)).mapToInt(Span::size).sum())
                .max()
                .orElse(0);
    }
}
