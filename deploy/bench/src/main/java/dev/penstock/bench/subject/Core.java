package dev.penstock.bench.subject;

/** Who runs where: the subject has a core of its own. */
public enum Core {
    SUBJECT,
    /** The generator, the upstream, PostgreSQL and the rest of the installation. */
    EVERYTHING_ELSE;

    public int number() {
        return ordinal();
    }
}
