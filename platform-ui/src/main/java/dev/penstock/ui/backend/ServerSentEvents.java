package dev.penstock.ui.backend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code text/event-stream} as the HTML standard describes it (section 9.2.6): fields by line, an empty line ends an event,
 * a colon begins a comment. A service sends comments to show that it is alive.
 */
final class ServerSentEvents {

    private static final int LONGEST_EVENT = 64 * 1024;

    private final BufferedReader lines;
    private final Runnable whenAlive;

    /** @param whenAlive told for each line, also for comments */
    ServerSentEvents(InputStream in, Runnable whenAlive) {
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.whenAlive = whenAlive;
    }

    /**
     * @param id null when the event has none; the cursor then stays where it was
     * @param data without the last line's end
     */
    record Event(@Nullable String id, String name, String data) {}

    /**
     * The next event that has data; null at the end of the stream.
     *
     * @throws IOException also when an event is longer than 64 Ki characters: that is no change of ours
     */
    @Nullable Event next() throws IOException {
        String id = null;
        String name = "message";
        var data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            whenAlive.run();
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    data.setLength(data.length() - 1);
                    return new Event(id, name, data.toString());
                }
                name = "message";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
            switch (field) {
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" -> data.append(value).append('\n');
                default -> {} // A comment, or "retry": we have a backoff of our own.
            }
            if (data.length() > LONGEST_EVENT) {
                throw new IOException("an event of more than " + LONGEST_EVENT + " characters");
            }
        }
        return null;
    }
}
