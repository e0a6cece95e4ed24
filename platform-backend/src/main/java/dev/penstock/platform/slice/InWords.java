package dev.penstock.platform.slice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Quantities as people say them. */
final class InWords {

    private InWords() {}

    /** For example {@code 2 days 4 h} or {@code 90 s}. */
    static String time(Duration time) {
        if (time.toSeconds() < 120) {
            return time.toSeconds() + " s";
        }
        List<String> words = new ArrayList<>();
        add(words, time.toDays(), time.toDays() == 1 ? " day" : " days");
        add(words, time.toHoursPart(), " h");
        add(words, time.toMinutesPart(), " min");
        add(words, time.toSecondsPart(), " s");
        return String.join(" ", words);
    }

    private static void add(List<String> words, long count, String unit) {
        if (count > 0) {
            words.add(count + unit);
        }
    }
}
