package dev.penstock.simulators.model;

import java.time.Duration;

/** Durations counted into buckets, as Prometheus wants them. */
final class Histogram {

    private static final double[] BOUNDS = {0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};

    private final String name;
    private final long[] counts = new long[BOUNDS.length + 1];
    private double sum;
    private long all;

    Histogram(String name) {
        this.name = name;
    }

    synchronized void observe(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        counts[bucket]++;
        sum += seconds;
        all++;
    }

    synchronized void write(StringBuilder text, String labels) {
        text.append("# TYPE ").append(name).append(" histogram\n");
        long upTo = 0;
        for (int bucket = 0; bucket <= BOUNDS.length; bucket++) {
            upTo += counts[bucket];
            String bound = bucket < BOUNDS.length ? Double.toString(BOUNDS[bucket]) : "+Inf";
            text.append(name).append("_bucket{").append(labels).append(",le=\"").append(bound).append("\"} ")
                    .append((double) upTo).append('\n');
        }
        text.append(name).append("_sum{").append(labels).append("} ").append(sum).append('\n');
        text.append(name).append("_count{").append(labels).append("} ").append((double) all).append('\n');
    }
}
