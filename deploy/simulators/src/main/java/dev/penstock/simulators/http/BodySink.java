package dev.penstock.simulators.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The body of an answer whose end is not known yet, as chunks; each leaves at once. */
public final class BodySink implements Closeable {

    private final OutputStream out;

    BodySink(OutputStream out) {
        this.out = out;
    }

    /** Sends that part as one chunk; nothing when it is empty, since an empty chunk would be the end. */
    public void send(byte[] bytes, int from, int length) throws IOException {
        if (length > 0) {
            out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, from, length);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }

    /** Ends the body in good order. */
    @Override
    public void close() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
