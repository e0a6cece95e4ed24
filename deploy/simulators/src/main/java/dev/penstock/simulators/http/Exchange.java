package dev.penstock.simulators.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One request and the one answer to it. */
public final class Exchange {

    private static final int CLOSE_FRAME = 0x8;

    private final Request request;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean answered;
    private boolean streamed;
    private @Nullable Thread lookout;
    private volatile boolean complete;

    Exchange(Request request, Socket socket, InputStream in, OutputStream out) {
        this.request = request;
        this.socket = socket;
        this.in = in;
        this.out = out;
    }

    public Request request() {
        return request;
    }

    /** Whether an answer has been begun; there can be no second. */
    public boolean isAnswered() {
        return answered;
    }

    /** Answers completely. */
    public void respond(int status, Map<String, String> headers, byte[] body) throws IOException {
        head(status, headers, "Content-Length: " + body.length);
        if (!request.method().equals("HEAD")) {
            out.write(body);
        }
        out.flush();
    }

    /** Begins an answer that goes on until the sink is closed; a web socket when the caller asked for one. */
    public MessageSink stream(Map<String, String> headers) throws IOException {
        streamed = true;
        if (request.asksForWebSocket()) {
            String accept = WebSocketSink.accept(request.header("sec-websocket-key"));
            head(101, Map.of(), "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept);
            out.flush();
            return new WebSocketSink(out);
        }
        // Said beforehand, or a caller would take the connection for reusable just as it is closed.
        head(200, headers, "Transfer-Encoding: chunked\r\nConnection: close");
        out.flush();
        return new ChunkedSink(out);
    }

    /** Goes on as a web socket and answers each text, until the caller closes it. */
    public void converse(UnaryOperator<String> reply) throws IOException {
        socket.setSoTimeout(0);
        try (MessageSink sink = stream(Map.of())) {
            new WebSocketSource(in).texts(text -> sink.send(reply.apply(text).getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Begins an answer of bytes whose end is not known yet; the connection can carry another request after it. */
    public BodySink body(int status, Map<String, String> headers) throws IOException {
        head(status, headers, "Transfer-Encoding: chunked");
        out.flush();
        return new BodySink(out);
    }

    /** The same request with an answer that goes nowhere; for deeds whose answer is to be lost. */
    public Exchange muted() {
        return new Exchange(request, socket, in, OutputStream.nullOutputStream());
    }

    /** Runs the action once the caller of a stream has gone or wants to; only for streams, whose callers send nothing else. */
    public void onHangUp(Runnable action) {
        Thread.ofVirtual().start(() -> {
            try {
                awaitHangUp();
            } catch (IOException gone) {
                // Gone is what we waited for.
            }
            action.run();
        });
    }

    /**
     * Runs the action if the caller goes away before the answer is complete. What the caller sends next is left for the next
     * request on this connection, so this is for answers of any kind.
     */
    public void whenGone(Runnable action) {
        lookout = Thread.ofVirtual().start(() -> {
            if (!hearsMore()) {
                action.run();
            }
        });
    }

    /** Waits for the next byte, which stays to be read; false when there will be none. */
    private boolean hearsMore() {
        while (true) {
            try {
                in.mark(1);
                boolean more = in.read() >= 0;
                in.reset();
                return more;
            } catch (SocketTimeoutException quiet) {
                // A caller has nothing to say while it is answered; once it has been, its time is up.
                if (complete) {
                    return false;
                }
            } catch (IOException gone) {
                return false;
            }
        }
    }

    /** To be called once the handler is through: nobody but the connection reads from it any more. */
    void settle() throws InterruptedException {
        complete = true;
        Thread looking = lookout;
        if (looking != null) {
            looking.join();
        }
    }

    private void awaitHangUp() throws IOException {
        socket.setSoTimeout(0);
        int first = in.read();
        while (first >= 0) {
            if (request.asksForWebSocket()) {
                // Frames of a caller are masked and short: pings, pongs, and in the end a close.
                int length = in.read() & 0x7f;
                int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
                long payload = length;
                if (extended > 0) {
                    payload = 0;
                    for (byte part : in.readNBytes(extended)) {
                        payload = payload << 8 | part & 0xff;
                    }
                }
                in.skipNBytes(4 + payload);
                if ((first & 0x0f) == CLOSE_FRAME) {
                    return;
                }
            }
            first = in.read();
        }
    }

    /** Drops the connection without a word, as a network does. */
    public void drop() throws IOException {
        answered = true;
        streamed = true;
        // With nothing lingering the caller sees a reset instead of an orderly end.
        socket.setSoLinger(true, 0);
        socket.close();
    }

    boolean isReusable() {
        return answered && !streamed && !request.header("connection").equalsIgnoreCase("close");
    }

    private void head(int status, Map<String, String> headers, String framing) throws IOException {
        if (answered) {
            throw new IllegalStateException("there is an answer already");
        }
        answered = true;
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(status == 101 ? " Switching" : " -").append("\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append(framing).append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
