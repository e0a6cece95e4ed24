package dev.penstock.quota.journal;

/** What an attempt used, as far as anybody told. */
public sealed interface Counts {

    /** The engine answered nothing and worked on nothing. */
    Counts NOTHING = new Read(0, 0, 0, 0);

    /**
     * As the engine counted. The four are disjoint. They may be any numbers, impossible ones too: whether they can be is for settlement to say,
     * and an explicit zero is zero.
     *
     * @param reasoning tokens of {@code output} that were thought and not said, as far as it told; it costs nothing by itself
     */
    record Read(long input, long cacheRead, long cacheWrite, long output, long reasoning) implements Counts {

        /** Nothing was told of reasoning. */
        public Read(long input, long cacheRead, long cacheWrite, long output) {
            this(input, cacheRead, cacheWrite, output, 0);
        }
    }

    /**
     * The engine told what it read, and not what it wrote. The first three are disjoint and may be any numbers, as in {@link Read}.
     *
     * @param outputAtMost the most tokens that what was delivered to the caller can have been
     */
    record Begun(long input, long cacheRead, long cacheWrite, long outputAtMost) implements Counts {

        public Begun {
            if (outputAtMost < 0) {
                throw new IllegalArgumentException("delivered " + outputAtMost + " tokens");
            }
        }
    }

    /**
     * The engine did not say. The input is then what was reserved for it.
     *
     * @param outputAtMost the most tokens that what was delivered to the caller can have been
     */
    record Delivered(long outputAtMost) implements Counts {

        public Delivered {
            if (outputAtMost < 0) {
                throw new IllegalArgumentException("delivered " + outputAtMost + " tokens");
            }
        }
    }
}
