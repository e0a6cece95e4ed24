package dev.penstock.standalone;

import dev.penstock.standalone.machine.Ports;
import dev.penstock.standalone.machine.StartFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.convert.DurationStyle;

/**
 * How to start.
 *
 * @param data the data folder
 * @param ports where everything listens
 * @param tokenLife how long access tokens are good
 * @param parts what this process starts; programs that are missing get a settings file each, to be started by somebody else
 * @param settings further settings of programs, which outrank what the launcher gives
 */
public record Options(Path data, Ports ports, Duration tokenLife, Set<Part> parts, Map<Part, Map<String, String>> settings) {

    private static final Path DEFAULT_DATA = Path.of(".penstock");
    private static final int DEFAULT_BASE = 8080;
    private static final Duration DEFAULT_TOKEN_LIFE = Duration.ofMinutes(5);

    public Options {
        parts = parts.isEmpty() ? EnumSet.noneOf(Part.class) : EnumSet.copyOf(parts);
    }

    /** What stands on the command line after {@code up} or {@code down}. */
    public static Options parse(List<String> arguments) {
        Path data = DEFAULT_DATA;
        int base = DEFAULT_BASE;
        Duration tokenLife = DEFAULT_TOKEN_LIFE;
        Set<Part> parts = EnumSet.allOf(Part.class);
        Map<Part, Map<String, String>> settings = new EnumMap<>(Part.class);
        for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
            String option = words.next();
            switch (option) {
                case "--data" -> data = Path.of(value(option, words));
                case "--port-base" -> base = number(option, value(option, words));
                case "--token-life" -> tokenLife = duration(option, value(option, words));
                case "--only" -> parts.retainAll(parts(value(option, words)));
                case "--without" -> parts.removeAll(parts(value(option, words)));
                case "--set" -> set(value(option, words), settings);
                default -> throw new StartFailure("There is no option " + option + ": ./penstock help lists them.");
            }
        }
        return new Options(data, new Ports(base), tokenLife, parts, settings);
    }

    /** Whether this process starts a part. */
    public boolean starts(Part part) {
        return parts.contains(part);
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new StartFailure(option + " needs a value: ./penstock help shows an example.");
        }
        return words.next();
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new StartFailure(option + " needs a number, not “" + value + "”.", e);
        }
    }

    private static Duration duration(String option, String value) {
        try {
            return DurationStyle.detectAndParse(value);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(option + " needs a time such as 30s or 5m, not “" + value + "”.", e);
        }
    }

    private static Set<Part> parts(String keys) {
        try {
            Set<Part> parts = EnumSet.noneOf(Part.class);
            Arrays.stream(keys.split(",")).map(String::strip).map(Part::ofKey).forEach(parts::add);
            return parts;
        } catch (IllegalArgumentException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /** {@code part:name=value} */
    private static void set(String setting, Map<Part, Map<String, String>> settings) {
        int colon = setting.indexOf(':');
        int equals = setting.indexOf('=', colon);
        if (colon < 1 || equals < 0) {
            throw new StartFailure("--set needs part:name=value, not “" + setting + "”.");
        }
        for (Part part : parts(setting.substring(0, colon))) {
            settings.computeIfAbsent(part, key -> new LinkedHashMap<>()).put(setting.substring(colon + 1, equals), setting.substring(equals + 1));
        }
    }
}
