package dev.penstock.quota.gateway;

import dev.penstock.quota.journal.Cause;
import io.vertx.core.buffer.Buffer;

/** What is being read of an engine. Each tells the {@link EngineCall} how the attempt ended, once. */
sealed interface Reading permits NothingYet, ErrorReading, WholeReading, StreamReading {

    /** More came. */
    void bytes(Buffer packet);

    /** The engine has said all. */
    void finished();

    /** Nothing more will come: the engine broke off, took too long, or we stop. */
    void cut(Cause cause);

    /** The client went away. The engine may still be listened to, for what it counted, until {@link #drained()}. */
    void clientGone();

    /** It was listened to long enough. */
    void drained();
}
