package dev.penstock.bench.load;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Answers as vLLM would, at once or after a stated time, and always the same. One thread does it all. Each chunk is written by
 * itself when it is due, to the millisecond in which the selector wakes up: what is due in the same one follows directly.
 */
public final class Upstream implements AutoCloseable {

    private static final int BACKLOG = 4096;
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final Selector selector;
    private final ServerSocketChannel server;
    private final Answers answers;
    private final Waiting delayed;
    private final Waiting streaming;
    private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
    private final Stopwatch stopwatch = new Stopwatch();
    private final Thread thread = Thread.ofPlatform().daemon().name("upstream").unstarted(this::serve);
    private volatile boolean stopping;

    private Upstream(Script script, Selector selector, ServerSocketChannel server) {
        this.selector = selector;
        this.server = server;
        answers = new Answers(script);
        delayed = new Waiting(script.delay());
        streaming = new Waiting(script.between());
    }

    /**
     * Begins to answer on a free port of the loopback address, on a thread of its own.
     *
     * @throws IOException when no port can be had
     */
    public static Upstream start(Script script) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.configureBlocking(false);
        Selector selector = Selector.open();
        server.register(selector, SelectionKey.OP_ACCEPT);
        Upstream upstream = new Upstream(script, selector, server);
        upstream.thread.start();
        return upstream;
    }

    /** Follows the script in its arguments ({@link Script#arguments}): prints its port and goes on until its input ends. */
    public static void main(String[] arguments) throws IOException {
        try (Upstream upstream = start(Script.of(arguments))) {
            System.out.println(upstream.port());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    public int port() {
        return server.socket().getLocalPort();
    }

    private void serve() {
        try {
            while (!stopping) {
                sendDue(stopwatch.now());
                await();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("the upstream cannot go on", broken);
        }
    }

    private void await() throws IOException {
        long next = Math.min(delayed.next(), streaming.next());
        if (next == Waiting.NEVER) {
            selector.select(this::ready);
            return;
        }
        long wait = next - stopwatch.now();
        if (wait <= 0) {
            selector.selectNow(this::ready);
        } else {
            selector.select(this::ready, (wait + MILLISECOND - 1) / MILLISECOND);
        }
    }

    /** In the order in which they are due, which is the order in which they wait again. */
    private void sendDue(long now) {
        ServerConnection connection = first().poll(now);
        while (connection != null) {
            if (connection.isOpen()) {
                send(connection, connection.due());
            }
            connection = first().poll(now);
        }
    }

    private Waiting first() {
        return delayed.next() < streaming.next() ? delayed : streaming;
    }

    /** Sends one piece; the next one is due that much after this one was, not after it was sent, so that a stream keeps its pace. */
    private void send(ServerConnection connection, long due) {
        try {
            if (connection.sendNext()) {
                streaming.add(connection, due);
            }
        } catch (IOException gone) {
            connection.close();
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (!(key.attachment() instanceof ServerConnection connection)) {
            accept();
            return;
        }
        try {
            if (key.isWritable()) {
                connection.flush();
            }
            if (key.isValid() && key.isReadable() && connection.receive(in)) {
                answer(connection);
            }
        } catch (IOException gone) {
            connection.close();
        }
    }

    private void answer(ServerConnection connection) throws IOException {
        if (!connection.asksForCompletion()) {
            connection.answer(other(connection.request()));
            connection.sendNext();
            return;
        }
        connection.answer(connection.asksForStream() ? answers.stream : answers.whole);
        delayed.add(connection, stopwatch.now());
    }

    private Tape other(String request) {
        return switch (request) {
            case "GET /health" -> answers.health;
            case "GET /v1/models" -> answers.models;
            default -> answers.nothing;
        };
    }

    private void accept() {
        try {
            SocketChannel channel = server.accept();
            while (channel != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                new ServerConnection(channel, selector);
                channel = server.accept();
            }
        } catch (IOException refused) {
            throw new UncheckedIOException("the upstream cannot accept another connection; is the limit of open files too low (ulimit -n)?", refused);
        }
    }

    /** Stops, and closes every connection. */
    @Override
    public void close() throws IOException {
        stopping = true;
        selector.wakeup();
        awaitThread();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void awaitThread() {
        try {
            thread.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
