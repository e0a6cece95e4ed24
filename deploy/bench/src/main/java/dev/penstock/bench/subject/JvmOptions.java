package dev.penstock.bench.subject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * With what quota-service's JVM runs here, metered or not: both compilers, the serial collector, since it has one core, and as much memory from the
 * beginning as at the end.
 *
 * @param words outrank each other from left to right
 */
public record JvmOptions(List<String> words) {

    private static final List<String> DEFAULT = List.of(
            "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xms512m", "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    public JvmOptions {
        words = List.copyOf(words);
    }

    /** @param further such as {@code -XX:+UseZGC -Xmx1g}; empty: none */
    public static JvmOptions with(String further) {
        return new JvmOptions(DEFAULT).and(Arrays.stream(further.split(" ")).filter(word -> !word.isEmpty()).toList());
    }

    JvmOptions and(List<String> further) {
        List<String> both = new ArrayList<>(words);
        both.addAll(further);
        return new JvmOptions(both);
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
