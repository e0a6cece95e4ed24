package dev.penstock.platform.request;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.platform.RequestState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Quantities as people read them. */
final class Words {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

    private Words() {}

    /** Rounded up to a tenth, so that a need is never shown as smaller than it is. */
    static String gpuHours(GpuTime time) {
        BigDecimal hours = tenths(time, RoundingMode.CEILING);
        return hours.toPlainString() + (hours.compareTo(BigDecimal.ONE) == 0 ? " GPU-hour" : " GPU-hours");
    }

    /** For example “2.0 of 10.0 GPU-hours”. What is left is rounded down, so that it is never shown as more than it is. */
    static String left(GpuTime left, GpuTime whole) {
        return tenths(left, RoundingMode.FLOOR).toPlainString() + " of " + gpuHours(whole);
    }

    private static BigDecimal tenths(GpuTime time, RoundingMode rounding) {
        return BigDecimal.valueOf(time.partSeconds()).divide(BigDecimal.valueOf(GpuTime.PART_SECONDS_PER_GPU_HOUR), 1, rounding);
    }

    /** The two largest units: “7 days”, “1 day 4 hours”, “90 seconds” as “1 minute 30 seconds”. */
    static String duration(Duration duration) {
        long[] amounts = {duration.toDays(), duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart()};
        String[] units = {"day", "hour", "minute", "second"};
        StringBuilder words = new StringBuilder();
        int said = 0;
        for (int i = 0; i < units.length && said < 2; i++) {
            if (amounts[i] > 0) {
                words.append(said++ == 0 ? "" : " ").append(amounts[i]).append(' ').append(units[i]).append(amounts[i] == 1 ? "" : "s");
            }
        }
        return said == 0 ? "0 seconds" : words.toString();
    }

    /** For example “1 December”. */
    static String day(Instant instant, ZoneId calendar) {
        return DAY.format(instant.atZone(calendar));
    }

    static String state(RequestState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
