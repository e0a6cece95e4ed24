package dev.penstock.bench;

import dev.penstock.bench.subject.BenchFailure;
import dev.penstock.bench.subject.Direct;
import dev.penstock.bench.subject.Penstock;
import dev.penstock.bench.subject.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What to measure, and for how long.
 *
 * @param rounds in which every subject has its turn; 0: as many as the command has by itself
 * @param seconds of each measurement; 0: as the command has by itself
 * @param minutes that a run of calls lasts; 0: as the command has it by itself
 * @param warmUp seconds that its warm-up lasts at least, for each subject; 0: as the command has it by itself
 * @param subjects that take part, in the order of their turns
 * @param streams alive at once; 0: as many as the command has by itself
 * @param profile whether quota-service is recorded
 * @param jvm further options of quota-service's JVM
 * @param settings further settings of quota-service
 */
record Options(
        Command command, int rounds, int seconds, int minutes, int warmUp, Set<String> subjects, int streams, boolean profile, String jvm, List<String> settings) {

    enum Command {
        GATEWAY,
        STREAMS,
        OVERLOAD,
        SOAK,
        CANARIES
    }

    static final List<String> SUBJECTS = List.of(
            Direct.NAME, Proxy.HAPROXY, Proxy.NGINX, Proxy.SPRING_CLOUD_GATEWAY, Proxy.VERTX, Penstock.FULL, Penstock.UNMETERED);

    static Options parse(List<String> words) {
        if (words.isEmpty()) {
            throw new BenchFailure("bench needs to know what: gateway, streams, overload, soak or canaries.");
        }
        Command command = command(words.getFirst());
        int rounds = 0;
        int seconds = 0;
        int minutes = 0;
        int warmUp = 0;
        int streams = 0;
        boolean profile = false;
        String jvm = "";
        List<String> settings = new ArrayList<>();
        Set<String> subjects = new LinkedHashSet<>(SUBJECTS);
        for (Iterator<String> rest = words.listIterator(1); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--rounds" -> rounds = number(option, rest);
                case "--seconds" -> seconds = number(option, rest);
                case "--minutes" -> minutes = number(option, rest);
                case "--warm-up" -> warmUp = number(option, rest);
                case "--streams" -> streams = number(option, rest);
                case "--without" -> subjects.removeAll(subjects(value(option, rest)));
                case "--only" -> subjects.retainAll(subjects(value(option, rest)));
                case "--profile" -> profile = true;
                case "--jvm" -> jvm = value(option, rest);
                case "--set" -> settings.add(value(option, rest));
                default -> throw new BenchFailure("There is no option " + option + ": ./penstock help lists them.");
            }
        }
        return new Options(command, rounds, seconds, minutes, warmUp, subjects, streams, profile, jvm, settings);
    }

    private static Command command(String word) {
        return Arrays.stream(Command.values()).filter(command -> command.name().toLowerCase(Locale.ROOT).equals(word)).findFirst()
                .orElseThrow(() -> new BenchFailure("There is no benchmark " + word + ": there are gateway, streams, overload, soak and canaries."));
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new BenchFailure(option + " needs a value: ./penstock help shows it.");
        }
        return words.next();
    }

    private static int number(String option, Iterator<String> words) {
        String value = value(option, words);
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BenchFailure(option + " needs a number above 0, not “" + value + "”.");
    }

    private static Set<String> subjects(String names) {
        Set<String> named = new LinkedHashSet<>(Arrays.asList(names.split(",")));
        named.stream().filter(name -> !SUBJECTS.contains(name)).findFirst().ifPresent(name -> {
            throw new BenchFailure("There is no subject " + name + ": there are " + String.join(", ", SUBJECTS) + ".");
        });
        return named;
    }

    int rounds(int otherwise) {
        return rounds == 0 ? otherwise : rounds;
    }

    int seconds(int otherwise) {
        return seconds == 0 ? otherwise : seconds;
    }

    int minutes(int otherwise) {
        return minutes == 0 ? otherwise : minutes;
    }

    int warmUp(int otherwise) {
        return warmUp == 0 ? otherwise : warmUp;
    }

    int streams(int otherwise) {
        return streams == 0 ? otherwise : streams;
    }

    boolean has(String subject) {
        return subjects.contains(subject);
    }
}
