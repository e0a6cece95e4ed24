package dev.penstock.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Answers requests with whatever bytes a test wants, whether or not they are an answer. An empty one closes the connection. */
final class OddServer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final IntFunction<String> answers;

    /** @param answers the answer to each request, by how many came before it on all connections */
    OddServer(IntFunction<String> answers) throws IOException {
        this.answers = answers;
        Thread.ofVirtual().start(this::accept);
    }

    Address address() {
        return new Address(server.getLocalPort(), null);
    }

    int accepted() {
        return accepted.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        MessageReader reader = MessageReader.ofRequests((bytes, from, to) -> {});
        byte[] bytes = new byte[4096];
        try (socket; InputStream in = socket.getInputStream()) {
            int length = in.read(bytes);
            while (length > 0) {
                reader.read(bytes, 0, length);
                if (reader.isComplete()) {
                    String answer = answers.apply(asked.getAndIncrement());
                    if (answer.isEmpty()) {
                        return;
                    }
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    if (answer.contains("connection: close")) {
                        return;
                    }
                    reader.begin();
                }
                length = in.read(bytes);
            }
        } catch (IOException gone) {
            // the generator has gone
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
