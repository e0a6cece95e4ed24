package dev.penstock.platform.cluster;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a cluster did not do, and why, in a sentence for people. */
public final class ClusterFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What it means for whoever wanted it. */
    public enum Kind {
        /** It does not answer, or answers that something is wrong on its side. Later. */
        UNAVAILABLE,
        /** It asks to be left alone for a while. Later. */
        BUSY,
        /** The object changed meanwhile, another manager owns one of its fields, or what it belongs into is gone. Later. */
        CONFLICT,
        /** The namespace's own quota has no room. Later. */
        OVER_QUOTA,
        /** It is being deleted. Later. */
        TERMINATING,
        /** It exists and is not ours. Only a person can help. */
        FOREIGN,
        /** The object shows that somebody with a newer claim was there. Never again, by this one. */
        FENCED,
        /** The cluster refuses what we want. Only a person can help. */
        REFUSED
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;

    public ClusterFailure(Kind kind, String sentence) {
        this(kind, sentence, null, null);
    }

    public ClusterFailure(Kind kind, String sentence, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** How long the cluster asks to wait; null: it does not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
