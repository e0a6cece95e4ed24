package dev.penstock.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection to a subject, on which calls are made one after another. Once closed, it is opened anew within the next call. */
final class ClientConnection {

    private static final long NOT_YET = -1;

    private final InetSocketAddress to;
    private final Selector selector;
    private final ByteBuffer request;
    private final RunningNumbers numbers = new RunningNumbers();
    private final MessageReader reader;
    private @Nullable SelectionKey key;
    private long due;
    private long firstByte = NOT_YET;
    private boolean underway;

    ClientConnection(Address address, Selector selector, Work work, ByteBuffer request) {
        to = new InetSocketAddress(InetAddress.getLoopbackAddress(), address.port());
        this.selector = selector;
        this.request = request.duplicate();
        reader = MessageReader.ofAnswers(work.stream() ? numbers : (bytes, from, end) -> {});
    }

    /** Opens it, and waits until it is open. */
    void open() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(to, (int) Generator.PATIENCE.toMillis());
            register(channel, SelectionKey.OP_READ);
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    /** Begins a call that was due at that instant. */
    void call(long dueAt) throws IOException {
        due = dueAt;
        firstByte = NOT_YET;
        underway = true;
        numbers.begin();
        reader.begin();
        request.rewind();
        if (key == null) {
            reopen();
        } else {
            send(key);
        }
    }

    private void reopen() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            SelectionKey opening = register(channel, SelectionKey.OP_CONNECT);
            if (channel.connect(to)) {
                send(opening);
            }
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    private SelectionKey register(SocketChannel channel, int operation) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        SelectionKey registered = channel.register(selector, operation, this);
        key = registered;
        return registered;
    }

    /**
     * Does what the selector says can be done; tells whether the call's answer has come to its end.
     *
     * @throws IOException when the call is broken, or the connection while nothing was asked on it
     */
    boolean goOn(SelectionKey ready, ByteBuffer in, Stopwatch stopwatch) throws IOException {
        if (ready.isConnectable()) {
            channel(ready).finishConnect();
            send(ready);
        } else if (ready.isWritable()) {
            send(ready);
        }
        return ready.isReadable() && receive(ready, in, stopwatch);
    }

    private void send(SelectionKey open) throws IOException {
        channel(open).write(request);
        open.interestOps(request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private boolean receive(SelectionKey open, ByteBuffer in, Stopwatch stopwatch) throws IOException {
        int length = channel(open).read(in.clear());
        if (length < 0) {
            return closedByServer(stopwatch);
        }
        if (length > 0 && !underway) {
            throw new IOException("an answer to nothing");
        }
        int taken = reader.read(in.array(), 0, length);
        if (taken < length) {
            throw new IOException("more than an answer");
        }
        if (firstByte == NOT_YET && (reader.bodyBegan() || reader.isComplete())) {
            firstByte = stopwatch.now();
        }
        return underway && reader.isComplete();
    }

    private boolean closedByServer(Stopwatch stopwatch) throws IOException {
        close();
        if (underway && !reader.isCompleteAtClose()) {
            throw new EOFException("closed within an answer");
        }
        if (firstByte == NOT_YET) {
            firstByte = stopwatch.now();
        }
        return underway;
    }

    /** The call is over, however it ended. */
    void end() {
        underway = false;
        if (reader.isLast()) {
            close();
        }
    }

    void close() {
        SelectionKey open = key;
        key = null;
        if (open != null) {
            try {
                open.channel().close();
            } catch (IOException alreadyGone) {
                open.cancel();
            }
        }
    }

    boolean isUnderway() {
        return underway;
    }

    boolean hasFirstByte() {
        return firstByte != NOT_YET;
    }

    int status() {
        return reader.status();
    }

    long due() {
        return due;
    }

    long firstByte() {
        return firstByte;
    }

    RunningNumbers numbers() {
        return numbers;
    }

    private static SocketChannel channel(SelectionKey key) {
        return (SocketChannel) key.channel();
    }
}
