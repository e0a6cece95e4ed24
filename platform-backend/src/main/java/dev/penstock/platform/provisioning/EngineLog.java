package dev.penstock.platform.provisioning;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an engine tells of itself in its log. Pure. */
final class EngineLog {

    /** For example {@code Loading safetensors checkpoint shards:  62% Completed | 5/8 [00:12<00:07,  2.31s/it]}. */
    private static final Pattern SHARDS = Pattern.compile("Loading \\S+ checkpoint shards:\\s+(\\d{1,3})% Completed");

    private EngineLog() {}

    /** How much of the weights is loaded, in percent, by the last line that says so; null: none does. */
    static @Nullable Integer progress(List<String> lines) {
        for (String line : lines.reversed()) {
            Matcher said = SHARDS.matcher(line);
            if (said.find()) {
                return Math.min(100, Integer.parseInt(said.group(1)));
            }
        }
        return null;
    }
}
