package dev.penstock.simulators.model;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What the server prints; the last lines of it. */
final class Console {

    private static final int KEPT = 2000;

    /**
     * A line.
     *
     * @param at when it was printed
     */
    record Line(Instant at, String text) {
    }

    private final Deque<Line> lines = new ArrayDeque<>();

    synchronized void print(Instant at, String text) {
        lines.addLast(new Line(at, text));
        if (lines.size() > KEPT) {
            lines.removeFirst();
        }
    }

    synchronized List<Line> lines() {
        return List.copyOf(lines);
    }
}
