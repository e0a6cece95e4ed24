package dev.penstock.platform.queue;

/**
 * How much a tenant has borrowed of a device for each unit of its weight. A fraction of whole numbers: two tenants that are alike must
 * compare as equal, on every replica.
 */
record Share(long borrowed, long of) implements Comparable<Share> {

    static final Share NONE = new Share(0, 1);

    Share {
        if (borrowed < 0 || of < 1) {
            throw new IllegalArgumentException("a share is of something: " + borrowed + " of " + of);
        }
    }

    @Override
    public int compareTo(Share other) {
        return Long.compare(Math.multiplyExact(borrowed, other.of), Math.multiplyExact(other.borrowed, of));
    }

    /** Equal shares are equal however they are written. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Share share && compareTo(share) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode((double) borrowed / of);
    }
}
