package dev.penstock.bench.load;

import java.io.IOException;

/**
 * Reads the messages of HTTP/1.1 that come on one connection, one after another and however they are cut. Every byte is looked at
 * once, and nothing of a body is kept.
 */
final class MessageReader {

    /** What looks at a body in passing. */
    interface Body {

        void part(byte[] bytes, int from, int to);
    }

    private enum State { START, HEADER, BODY, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILER, UNTIL_CLOSE, COMPLETE }

    private final Body body;
    private final Head head;
    private State state = State.START;
    private Line line = new Line();
    private long left;
    private boolean bodyBegan;

    private MessageReader(Head head, Body body) {
        this.head = head;
        this.body = body;
    }

    static MessageReader ofAnswers(Body body) {
        return new MessageReader(new Head(true), body);
    }

    static MessageReader ofRequests(Body body) {
        return new MessageReader(new Head(false), body);
    }

    /** Expects the next message. */
    void begin() {
        state = State.START;
        head.begin();
        line.clear();
        bodyBegan = false;
    }

    /**
     * Takes bytes until they are used up or the message is complete.
     *
     * @return the index of the first byte that was not taken
     * @throws IOException when this is not HTTP/1
     */
    int read(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to && state != State.COMPLETE) {
            at = switch (state) {
                case START, HEADER, CHUNK_SIZE, CHUNK_END, TRAILER -> readLine(bytes, at, to);
                case BODY, CHUNK, UNTIL_CLOSE -> readBody(bytes, at, to);
                case COMPLETE -> at;
            };
        }
        return at;
    }

    private int readLine(byte[] bytes, int from, int to) throws IOException {
        int end = from;
        while (end < to && bytes[end] != '\n') {
            end++;
        }
        line.append(bytes, from, end);
        if (end == to) {
            return to;
        }
        line.end();
        state = afterLine();
        line.clear();
        return end + 1;
    }

    private State afterLine() throws IOException {
        return switch (state) {
            case START -> afterStart();
            case HEADER -> afterHeader();
            case CHUNK_SIZE -> afterChunkSize();
            case CHUNK_END -> afterChunk();
            case TRAILER -> line.isEmpty() ? State.COMPLETE : State.TRAILER;
            case BODY, CHUNK, UNTIL_CLOSE, COMPLETE -> throw new IllegalStateException(state + " has no lines");
        };
    }

    /** A blank line before a message is passed over (RFC 9112, 2.2). */
    private State afterStart() throws IOException {
        if (line.isEmpty()) {
            return State.START;
        }
        line = head.start(line);
        return State.HEADER;
    }

    private State afterHeader() throws IOException {
        if (!line.isEmpty()) {
            head.header(line);
            return State.HEADER;
        }
        if (head.isInterim()) {
            head.begin();
            return State.START;
        }
        if (head.isChunked()) {
            return State.CHUNK_SIZE;
        }
        left = head.contentLength();
        if (left == Head.UNKNOWN) {
            return head.endsWithConnection() ? State.UNTIL_CLOSE : State.COMPLETE;
        }
        return left == 0 ? State.COMPLETE : State.BODY;
    }

    private State afterChunkSize() throws IOException {
        left = line.number(0, line.find(';', ' '), 16);
        return left == 0 ? State.TRAILER : State.CHUNK;
    }

    private State afterChunk() throws IOException {
        if (!line.isEmpty()) {
            throw line.malformed();
        }
        return State.CHUNK_SIZE;
    }

    private int readBody(byte[] bytes, int from, int to) {
        bodyBegan = true;
        if (state == State.UNTIL_CLOSE) {
            body.part(bytes, from, to);
            return to;
        }
        int end = (int) Math.min(to, from + left);
        body.part(bytes, from, end);
        left -= end - from;
        if (left == 0) {
            state = state == State.CHUNK ? State.CHUNK_END : State.COMPLETE;
        }
        return end;
    }

    boolean isComplete() {
        return state == State.COMPLETE;
    }

    /** Whether the message is complete now that the connection has ended. */
    boolean isCompleteAtClose() {
        return state == State.COMPLETE || state == State.UNTIL_CLOSE;
    }

    boolean bodyBegan() {
        return bodyBegan;
    }

    /** Whether nothing follows on this connection, as the head of the message said. */
    boolean isLast() {
        return head.isLast();
    }

    /** Of an answer whose start line has been read. */
    int status() {
        return head.status();
    }

    /** Method and target of a request, such as {@code GET /health}. */
    String request() {
        return head.request();
    }

    /** Whether a request begins like this; makes no string. */
    boolean requestBegins(byte[] with) {
        return head.begins(with);
    }
}
