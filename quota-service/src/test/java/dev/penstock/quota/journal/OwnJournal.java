package dev.penstock.quota.journal;

/** A journal on a disk of its own, for tests of other packages. */
public final class OwnJournal {

    private static final int CAPACITY = 10;

    private OwnJournal() {}

    /** Nothing is in it. */
    public static Journal onDisk() {
        return new TestJournal(CAPACITY).opened();
    }
}
