package dev.penstock.frame.identity;

import java.util.Locale;
import java.util.Objects;

/** Who does something, as the audit trail names them. */
public record Actor(String name, Kind kind) {

    public enum Kind {
        PERSON,
        SERVICE,
        /** We ourselves: a reconciler, a timer, a policy. */
        SYSTEM;

        /** Its word in the database. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Actor {
        Objects.requireNonNull(kind, "kind");
        if (name.isBlank()) {
            throw new IllegalArgumentException("an actor has a name");
        }
    }

    public static Actor system(String name) {
        return new Actor(name, Kind.SYSTEM);
    }
}
