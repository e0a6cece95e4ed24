package dev.penstock.quota.journal;

/** The program must not start with this journal. Says why, and what to do. */
public final class JournalUnusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String next;

    JournalUnusable(String why, String next) {
        super(why);
        this.next = next;
    }

    static JournalUnusable damaged(String file, Damage damage) {
        return new JournalUnusable(
                "The journal's file " + file + " is damaged at byte " + damage.offset() + ": " + damage.getMessage() + ".",
                "Check the disk and restore the file if there is a copy. Without one, move that file out of the folder, keep it, and start again: what only it"
                        + " told is then settled at the last count in the progress file, or at its bound, and marked as estimated. With allotments, calls whose intent only"
                        + " it held are in no book: move " + JournalId.FILE + " out as well, so that what they took of limits is not returned.");
    }

    /** What the operator does now, as a sentence. */
    public String next() {
        return next;
    }
}
