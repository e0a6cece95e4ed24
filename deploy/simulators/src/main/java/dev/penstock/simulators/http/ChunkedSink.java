package dev.penstock.simulators.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Messages as lines of an HTTP answer without a known end. */
final class ChunkedSink implements MessageSink {

    private final OutputStream out;

    ChunkedSink(OutputStream out) {
        this.out = out;
    }

    @Override
    public void send(byte[] message) throws IOException {
        out.write((Integer.toHexString(message.length + 1) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(message);
        out.write("\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
