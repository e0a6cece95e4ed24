package dev.penstock.quota.gateway.wire;

import org.jspecify.annotations.Nullable;

/** A model's stream on its way to the client: what it counted is read in passing. Each stream has one of its own. */
public sealed interface Relay permits StreamFilter, MessageRelay {

    /**
     * @return how many bytes at the beginning of {@link #passed()} go on
     * @throws BadStream when what comes is no stream of events that could be held
     */
    int accept(int bytes, Packet packet);

    /**
     * The upstream has ended. An event that has not is left out: no client would read it.
     *
     * @return as {@link #accept}
     */
    int finish();

    /** Good until more is accepted, and not to be changed. */
    byte[] passed();

    /** What it counted in all, as it said last; null: it did not say. */
    @Nullable Usage usage();

    /** What it counted of the prompt, where it says that before the rest; null: it did not. Of the answer it may have counted anything. */
    @Nullable Usage begun();

    /** Events that were passed on with anything said in them. */
    long chunks();

    /** Bytes of text in them. */
    long said();

    /** Whether the end of the stream was passed on. */
    boolean done();

    /** Whether an error was among what came. */
    boolean failed();

    /** Whether nothing that comes now is passed on, though its end has not come. */
    boolean broken();

    /** The upstream sends what cannot be relayed. */
    final class BadStream extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BadStream(@Nullable String message) {
            super(message, null, false, false);
        }
    }
}
