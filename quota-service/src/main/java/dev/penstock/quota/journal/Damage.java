package dev.penstock.quota.journal;

/** A file of a journal does not say what was written into it. */
final class Damage extends Exception {

    private static final long serialVersionUID = 1L;

    private final int offset;

    /** @param offset in the file */
    Damage(int offset, String what) {
        super(what, null, false, false);
        this.offset = offset;
    }

    int offset() {
        return offset;
    }
}
