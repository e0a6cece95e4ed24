package dev.penstock.simulators.http;

import java.io.Closeable;
import java.io.IOException;

/** Where a stream of messages goes, however the caller chose to receive it: lines of a chunked answer, or a web socket. */
public interface MessageSink extends Closeable {

    /** Sends one message at once. */
    void send(byte[] message) throws IOException;

    /** Ends the stream in good order. */
    @Override
    void close() throws IOException;
}
