package dev.penstock.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One connection to the upstream: reads a request, sends its answer piece by piece, reads the next. */
final class ServerConnection {

    private static final byte[] COMPLETION = "POST /v1/".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final StreamWish wish = new StreamWish();
    private final MessageReader reader = MessageReader.ofRequests(wish);
    private @Nullable Tape tape;
    private ByteBuffer out = ByteBuffer.allocate(0);
    private int pieces;
    private long due;

    ServerConnection(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Reads what has come; tells whether a request is whole now. */
    boolean receive(ByteBuffer in) throws IOException {
        int length = channel.read(in.clear());
        if (length < 0) {
            throw new IOException("the caller has gone");
        }
        if (length > 0 && reader.isComplete()) {
            throw new IOException("a request before the last one was answered");
        }
        int taken = reader.read(in.array(), 0, length);
        if (taken < length) {
            throw new IOException("a request within another one's bytes");
        }
        return length > 0 && reader.isComplete();
    }

    boolean asksForCompletion() {
        return reader.requestBegins(COMPLETION);
    }

    boolean asksForStream() {
        return wish.isMade();
    }

    /** Method and target. */
    String request() {
        return reader.request();
    }

    /** This is the answer; nothing of it is sent yet. */
    void answer(Tape answer) {
        tape = answer;
        out = answer.bytes().duplicate().limit(0);
        pieces = 0;
    }

    /** Sends the next piece, behind what the caller has not taken of those before; tells whether there are more. */
    boolean sendNext() throws IOException {
        Tape answer = tape;
        if (answer == null) {
            throw new IllegalStateException("nothing was asked");
        }
        out.limit(answer.ends().get(pieces));
        pieces++;
        boolean more = pieces < answer.pieces();
        flush();
        return more;
    }

    /** Sends what is left of the pieces that were due. */
    void flush() throws IOException {
        channel.write(out);
        if (out.hasRemaining()) {
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            return;
        }
        key.interestOps(SelectionKey.OP_READ);
        if (tape != null && pieces == tape.pieces()) {
            answered();
        }
    }

    private void answered() {
        tape = null;
        if (reader.isLast()) {
            close();
        }
        wish.begin();
        reader.begin();
    }

    void dueAt(long instant) {
        due = instant;
    }

    long due() {
        return due;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            key.cancel();
        }
    }
}
