package dev.penstock.simulators.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the texts that a caller sends on a web socket; a caller's frames are masked (RFC 6455). */
final class WebSocketSource {

    private static final int MOST = 1 << 20;
    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int MASK = 4;

    /** What becomes of a text. */
    interface Listener {
        void heard(String text) throws IOException;
    }

    private final DataInputStream in;

    WebSocketSource(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** Returns when the caller closes or goes. */
    void texts(Listener listener) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (int first = in.read(); first >= 0; first = in.read()) {
            byte[] payload = payload();
            int type = first & 0x0f;
            if (type == CLOSE) {
                return;
            }
            if (type == TEXT || type == CONTINUATION) {
                message.write(payload);
                if ((first & 0x80) != 0) {
                    listener.heard(message.toString(StandardCharsets.UTF_8));
                    message.reset();
                }
                if (message.size() > MOST) {
                    throw new IOException("message too large");
                }
            }
        }
    }

    private byte[] payload() throws IOException {
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if ((second & 0x80) == 0 || length < 0 || length > MOST) {
            throw new IOException("a frame that is not masked, or too large");
        }
        byte[] mask = in.readNBytes(MASK);
        byte[] payload = in.readNBytes((int) length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % MASK];
        }
        return payload;
    }
}
