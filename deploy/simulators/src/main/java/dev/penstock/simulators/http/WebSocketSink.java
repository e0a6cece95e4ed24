package dev.penstock.simulators.http;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Messages as text frames of a web socket (RFC 6455); a server's frames are not masked. */
final class WebSocketSink implements MessageSink {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int NORMAL_CLOSURE = 1000;

    private final DataOutputStream out;

    WebSocketSink(OutputStream out) {
        this.out = new DataOutputStream(out);
    }

    /** The answer to a handshake key. */
    static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }

    @Override
    public synchronized void send(byte[] message) throws IOException {
        frame(TEXT, message);
    }

    @Override
    public synchronized void close() throws IOException {
        frame(CLOSE, new byte[] {(byte) (NORMAL_CLOSURE >> 8), (byte) NORMAL_CLOSURE});
    }

    private void frame(int type, byte[] payload) throws IOException {
        out.writeByte(type);
        if (payload.length < 126) {
            out.writeByte(payload.length);
        } else if (payload.length <= 0xffff) {
            out.writeByte(126);
            out.writeShort(payload.length);
        } else {
            out.writeByte(127);
            out.writeLong(payload.length);
        }
        out.write(payload);
        out.flush();
    }
}
