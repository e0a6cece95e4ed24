package dev.penstock.simulators.cluster.fleet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A MIG profile by its name, such as {@code 2g.20gb}.
 *
 * @param compute compute slices of seven
 * @param gigabytes memory as the name counts it
 */
record MigProfile(String name, int compute, int gigabytes) {

    private static final Pattern FORM = Pattern.compile("([1-7])g\\.(\\d{1,3})gb(\\+[a-z.]+)?");

    static MigProfile of(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is not a MIG profile; one looks like 1g.10gb");
        }
        return new MigProfile(name, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Memory slices of eight: names round up, so 3g.71gb on slices of 18 GB is four of them. */
    int memorySlices(GpuModel model) {
        return compute == 7 ? 8 : Math.max(1, Math.round((float) gigabytes / model.sliceGb()));
    }
}
