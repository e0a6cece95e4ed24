package dev.penstock.quota.measuring;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is alive in this process's heap, after a full collection.
 *
 * @param classes by name
 */
public record Heap(Map<String, Objects> classes) {

    /** All objects of one class. */
    record Objects(long count, long bytes) {

        static final Objects NONE = new Objects(0, 0);

        Objects since(Objects before) {
            return new Objects(count - before.count, bytes - before.bytes);
        }
    }

    /** How the collector fills gaps: nobody's objects. */
    private static final String FILLER = "jdk.internal.vm.Filler";
    private static final int LOOKS = 5;
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

    /** The least of several, since what is read and thrown away again is alive meanwhile. */
    public static Heap now() {
        return Stream.generate(Heap::read).limit(LOOKS).min(Comparator.comparing(Heap::kilobytes)).orElseThrow();
    }

    private static Heap read() {
        String histogram;
        try {
            histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram", new Object[] {new String[0]}, new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
        Map<String, Objects> classes = new HashMap<>();
        histogram.lines().map(LINE::matcher).filter(Matcher::matches).filter(line -> !line.group(3).contains(FILLER)).forEach(line ->
                classes.merge(line.group(3), new Objects(Long.parseLong(line.group(1)), Long.parseLong(line.group(2))), (one, other) -> new Objects(one.count + other.count, one.bytes + other.bytes)));
        return new Heap(Map.copyOf(classes));
    }

    public long kilobytes() {
        return classes.values().stream().mapToLong(Objects::bytes).sum() / 1024;
    }

    /** The classes that grew most, largest first. */
    public List<String> growthSince(Heap before, int most) {
        Map<String, Objects> growth = new HashMap<>();
        classes.forEach((name, now) -> growth.put(name, now.since(before.classes.getOrDefault(name, Objects.NONE))));
        return growth.entrySet().stream()
                .sorted(Comparator.comparing(each -> -each.getValue().bytes()))
                .limit(most)
                .map(each -> String.format(Locale.ROOT, "%,10d KB %,9d %s", each.getValue().bytes() / 1024, each.getValue().count(), each.getKey()))
                .toList();
    }
}
