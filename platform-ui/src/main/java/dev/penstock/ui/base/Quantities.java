package dev.penstock.ui.base;

import dev.penstock.contract.GpuTime;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers are written: thousands separated, rounded for reading; what is rounded shows the exact number on hover. */
public final class Quantities {

    private static final BigDecimal PART_SECONDS_PER_HOUR = BigDecimal.valueOf(GpuTime.PART_SECONDS_PER_GPU_HOUR);

    private static final BigDecimal BYTES_PER_GIB = BigDecimal.valueOf(1L << 30);
    private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);
    private static final List<String> LARGE = List.of("k", "M", "B", "T");
    private static final BigInteger MOST_PERCENT = BigInteger.valueOf(Integer.MAX_VALUE);

    private Quantities() {}

    /** For example {@code 1,284,094}. */
    public static String count(long number) {
        return pattern("#,##0").format(number);
    }

    public static String count(BigInteger number) {
        return pattern("#,##0").format(number);
    }

    /** With two decimals, for example {@code 3,934.20}. */
    static String decimals(BigDecimal number) {
        return pattern("#,##0.00").format(number);
    }

    /** One thing, two things: {@code 1 slice}, {@code 1,200 slices}. */
    public static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** GPU-hours without the unit: two decimals below ten, one above. */
    public static String gpuHours(GpuTime time) {
        BigDecimal hours = hours(time, 2);
        if (hours.signum() == 0 && time.partSeconds() > 0) {
            return "< 0.01";
        }
        return pattern(hours.compareTo(BigDecimal.TEN) < 0 && hours.signum() > 0 ? "#,##0.00" : "#,##0.#").format(hours);
    }

    /** For a hover: hours to the millionth and the part-seconds behind them. */
    public static String exactly(GpuTime time) {
        return hours(time, 6).stripTrailingZeros().toPlainString() + " GPU-hours, " + count(time.partSeconds()) + " part-seconds";
    }

    /** For example {@code 1/7 GPU}, {@code 1 GPU}. */
    public static String share(int parts) {
        int whole = GpuTime.PARTS_PER_GPU;
        int divisor = BigInteger.valueOf(parts).gcd(BigInteger.valueOf(whole)).intValue();
        int above = parts / divisor;
        int below = whole / divisor;
        return below == 1 ? above + " GPU" : above + "/" + below + " GPU";
    }

    /** Memory, for example {@code 9.6 GiB}. */
    public static String memory(long mebibytes) {
        return pattern("#,##0.#").format(BigDecimal.valueOf(mebibytes).divide(BigDecimal.valueOf(1024), 1, RoundingMode.HALF_UP)) + " GiB";
    }

    /** Memory, for example {@code 14.2 GiB}. */
    public static String bytes(long bytes) {
        return pattern("#,##0.0").format(BigDecimal.valueOf(bytes).divide(BYTES_PER_GIB, 1, RoundingMode.HALF_UP)) + " GiB";
    }

    /** A number too large to read at a glance: {@code 1.24 M}, {@code 7.6 B}; below ten thousand as it is. */
    public static String rounded(BigInteger number) {
        if (number.abs().compareTo(TEN_THOUSAND) < 0) {
            return count(number);
        }
        BigDecimal value = new BigDecimal(number);
        int thousands = (number.abs().toString().length() - 1) / 3;
        int scale = Math.min(thousands, LARGE.size());
        return pattern("#,##0.##").format(value.movePointLeft(3 * scale)) + " " + LARGE.get(scale - 1);
    }

    public static String rounded(long number) {
        return rounded(BigInteger.valueOf(number));
    }

    /** In whole per cent, rounded down, so that 100 % means the limit is reached; 100 where the limit is zero. */
    public static int percent(long part, long whole) {
        return percent(BigInteger.valueOf(part), BigInteger.valueOf(whole));
    }

    public static int percent(BigInteger part, BigInteger whole) {
        return whole.signum() <= 0 ? 100 : part.multiply(BigInteger.valueOf(100)).divide(whole).min(MOST_PERCENT).intValue();
    }

    /** The two largest units: {@code 2 d 4 h}, {@code 1 h 48 min}, {@code 12 min}, {@code 45 s}. */
    public static String duration(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        if (minutes < 24 * 60) {
            return two(minutes / 60, "h", minutes % 60, "min");
        }
        return two(minutes / (24 * 60), "d", minutes / 60 % 24, "h");
    }

    /** How long somebody waited, without the unit {@code s}: {@code 0.29}, {@code 3.1}, {@code 48}. */
    public static String seconds(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(Math.max(0, time.toMillis()), 3);
        return pattern(seconds.compareTo(BigDecimal.ONE) < 0 ? "0.00" : seconds.compareTo(BigDecimal.valueOf(30)) < 0 ? "0.0" : "#,##0").format(seconds);
    }

    /** How many a second, for example {@code 61.4}; null where there is no time to divide by. */
    public static @Nullable String perSecond(long number, Duration time) {
        long millis = time.toMillis();
        return millis <= 0 || number <= 0 ? null : pattern("#,##0.0").format(BigDecimal.valueOf(number).multiply(BigDecimal.valueOf(1_000)).divide(BigDecimal.valueOf(millis), 1, RoundingMode.HALF_UP));
    }

    /** With one decimal, for example {@code 61.4}. */
    static String tenths(BigInteger tenths) {
        return pattern("#,##0.0").format(new BigDecimal(tenths, 1));
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static BigDecimal hours(GpuTime time, int digits) {
        return BigDecimal.valueOf(time.partSeconds()).divide(PART_SECONDS_PER_HOUR, digits, RoundingMode.HALF_UP);
    }

    /** Not kept: a {@code DecimalFormat} is not safe for use by several threads. */
    private static DecimalFormat pattern(String pattern) {
        var format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ENGLISH));
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format;
    }
}
