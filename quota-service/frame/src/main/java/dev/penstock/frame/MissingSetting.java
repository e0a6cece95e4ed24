package dev.penstock.frame;

import org.jspecify.annotations.Nullable;

/** A setting without which it would not be safe to start. There are no defaults for issuers, passwords and keys. */
public final class MissingSetting extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String property;
    private final String next;

    public MissingSetting(String property, String next) {
        super(property + " is not set. " + next);
        this.property = property;
        this.next = next;
    }

    public String property() {
        return property;
    }

    /** What the operator does now, as a sentence. */
    public String next() {
        return next;
    }

    /**
     * @return the value
     * @throws MissingSetting if it is null or blank
     */
    public static <T> T require(@Nullable T value, String property, String next) {
        if (value == null || value.toString().isBlank()) {
            throw new MissingSetting(property, next);
        }
        return value;
    }
}
