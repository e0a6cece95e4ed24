package dev.penstock.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;

/**
 * GPU time, exact. The unit is the <em>part-second</em>: a part is 1/840 of a GPU, and 840 is the least common multiple of 1 to 8, so
 * that the sevenths of an H100 and the quarters of an A30 are whole numbers. One GPU-hour is 3,024,000 part-seconds. In JSON it is
 * the bare number of part-seconds.
 */
public record GpuTime(@JsonValue long partSeconds) implements Comparable<GpuTime> {

    /** Parts of one whole GPU. */
    public static final int PARTS_PER_GPU = 840;

    public static final long PART_SECONDS_PER_GPU_HOUR = PARTS_PER_GPU * 3600L;

    public static final GpuTime ZERO = new GpuTime(0);

    public GpuTime {
        if (partSeconds < 0) {
            throw new IllegalArgumentException("GPU time cannot be negative: " + partSeconds);
        }
    }

    @JsonCreator
    public static GpuTime ofPartSeconds(long partSeconds) {
        return new GpuTime(partSeconds);
    }

    /** Whole GPU-hours. */
    public static GpuTime ofGpuHours(long hours) {
        return new GpuTime(Math.multiplyExact(hours, PART_SECONDS_PER_GPU_HOUR));
    }

    /**
     * What holding {@code parts} of a GPU for {@code time} takes.
     *
     * @throws ArithmeticException if the product does not fit 63 bits
     */
    public static GpuTime of(int parts, Duration time) {
        return new GpuTime(Math.multiplyExact(parts, time.toSeconds()));
    }

    public GpuTime plus(GpuTime other) {
        return new GpuTime(Math.addExact(partSeconds, other.partSeconds));
    }

    @Override
    public int compareTo(GpuTime other) {
        return Long.compare(partSeconds, other.partSeconds);
    }
}
