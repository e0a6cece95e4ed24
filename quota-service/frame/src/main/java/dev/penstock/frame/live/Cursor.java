package dev.penstock.frame.live;

import org.jspecify.annotations.Nullable;

/** A place in the feed: the transaction's 64-bit id, then the row's number. */
record Cursor(long xid, long number) implements Comparable<Cursor> {

    static final Cursor START = new Cursor(0, 0);
    /** Behind every row of a transaction; the most that eighteen digits hold. */
    static final long LAST = 999_999_999_999_999_999L;

    /** @return null when the text is not a cursor of ours */
    static @Nullable Cursor parse(@Nullable String text) {
        if (text == null || !text.matches("\\d{1,18}\\.\\d{1,18}")) {
            return null;
        }
        int dot = text.indexOf('.');
        return new Cursor(Long.parseLong(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1)));
    }

    @Override
    public int compareTo(Cursor other) {
        int byTransaction = Long.compare(xid, other.xid);
        return byTransaction != 0 ? byTransaction : Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return xid + "." + number;
    }
}
