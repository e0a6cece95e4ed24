package dev.penstock.quota.gateway.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event, where it stands: good until whoever read it reads on.
 *
 * @param bytes around it, which are not its own
 * @param at all of it, the blank line included
 * @param data where its data stands; null: it has none, for example a comment
 * @param lines over how many lines the data goes
 */
record SseEvent(byte[] bytes, Span at, @Nullable Span data, int lines) {

    /** The data in one line, which is shorter: a line end in JSON stands between tokens only, so a blank says the same. */
    SseEvent joined() {
        if (lines <= 1) {
            return this;
        }
        StringBuilder others = new StringBuilder();
        StringBuilder joined = new StringBuilder();
        for (String line : Trees.LINE_END.split(new String(bytes, at.start(), at.end() - at.start(), StandardCharsets.ISO_8859_1))) {
            if (line.startsWith("data:")) {
                joined.append(joined.isEmpty() ? "" : " ").append(line.substring("data:".length()).stripLeading());
            } else if (!line.isEmpty()) {
                others.append(line).append('\n');
            }
        }
        byte[] anew = (others + "data: " + joined + "\n\n").getBytes(StandardCharsets.ISO_8859_1);
        return new SseEvent(anew, new Span(0, anew.length), new Span(anew.length - 2 - joined.length(), anew.length - 2), 1);
    }
}
