package dev.penstock.standalone.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Finds in what PostgreSQL's programs wrote the one line that says what went wrong. */
final class ServerLog {

    private static final Pattern COMPLAINT = Pattern.compile("\\b(FATAL|PANIC|error): +");

    private ServerLog() {}

    /** The last complaint in a log. */
    static String complaint(Path log) {
        try {
            return complaint(Files.readString(log, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return "it gave no reason";
        }
    }

    static String complaint(String output) {
        List<String> complaints = output.lines().filter(line -> COMPLAINT.matcher(line).find()).toList();
        return complaints.isEmpty() ? "it gave no reason" : COMPLAINT.split(complaints.getLast(), 2)[1].strip();
    }
}
