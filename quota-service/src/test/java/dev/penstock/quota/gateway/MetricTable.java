package dev.penstock.quota.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of docs/operations/metrics.md, by name. */
final class MetricTable {

    private static final Pattern ROW = Pattern.compile("^\\| `(penstock_\\w+)` \\| (\\w+) \\| ([^|]*)\\| [^|]+ \\|$");

    private MetricTable() {}

    /** How a metric is listed. */
    record Listed(String type, Set<String> labels) {}

    static Map<String, Listed> read() throws IOException {
        return Files.readAllLines(Path.of("../docs/operations/metrics.md")).stream().map(ROW::matcher).filter(Matcher::matches).collect(Collectors.toMap(
                row -> row.group(1), row -> new Listed(row.group(2), labels(row.group(3))), (one, other) -> {
                    throw new IllegalStateException("listed twice: " + one);
                }, TreeMap::new));
    }

    /** The metric that a sample is of: histograms and summaries have samples of further names. */
    static String family(String sample, Set<String> known) {
        return known.contains(sample) ? sample : sample.replaceFirst("_(bucket|count|sum)$", "");
    }

    private static Set<String> labels(String cell) {
        return Arrays.stream(cell.split("[`, ]+")).filter(label -> !label.isBlank()).collect(Collectors.toCollection(TreeSet::new));
    }
}
