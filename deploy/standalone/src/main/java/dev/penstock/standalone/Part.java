package dev.penstock.standalone;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an installation consists of, in the order in which it starts; it stops in the reverse order. */
public enum Part {
    POSTGRES("PostgreSQL", false),
    LOGIN("Development sign-in", false),
    CLUSTER("Simulated cluster", false),
    QUOTA_SERVICE("quota-service", true),
    PLATFORM_BACKEND("platform-backend", true),
    PLATFORM_UI("Portal", true);

    private final String title;
    private final boolean program;

    Part(String title, boolean program) {
        this.title = title;
        this.program = program;
    }

    /** What people read. */
    public String title() {
        return title;
    }

    /** Its name on the command line, of its log and, for a program, of its module. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is one of the application jars. */
    public boolean isProgram() {
        return program;
    }

    static Part ofKey(String key) {
        return Arrays.stream(values()).filter(part -> part.key().equals(key)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "There is no part “" + key + "”; the parts are " + Arrays.stream(values()).map(Part::key).collect(Collectors.joining(", ")) + "."));
    }
}
