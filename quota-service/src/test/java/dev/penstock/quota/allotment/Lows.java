package dev.penstock.quota.allotment;

import java.util.ArrayDeque;
import java.util.Deque;

/** The lowest value of something since a moment. */
final class Lows {

    private record Sample(long at, long value) {}

    // Those at the front are older and lower: one that is older and not lower can be the lowest of no stretch that ends now.
    private final Deque<Sample> samples = new ArrayDeque<>();

    void add(long at, long value, long keep) {
        while (!samples.isEmpty() && samples.getLast().value() >= value) {
            samples.removeLast();
        }
        samples.add(new Sample(at, value));
        while (samples.getFirst().at() < at - keep && samples.size() > 1) {
            samples.removeFirst();
        }
    }

    long since(long at) {
        for (Sample sample : samples) {
            if (sample.at() >= at) {
                return sample.value();
            }
        }
        return samples.isEmpty() ? 0 : samples.getLast().value();
    }
}
