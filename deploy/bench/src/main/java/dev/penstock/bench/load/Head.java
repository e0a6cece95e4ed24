package dev.penstock.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What is kept of a message's head: its start line, and what says where it ends. */
final class Head {

    static final long UNKNOWN = -1;

    private static final byte[] ANSWER = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = "HTTP/1.1".length();

    private final boolean answers;
    private Line start = new Line();
    private int status;
    private long contentLength = UNKNOWN;
    private boolean chunked;
    private boolean last;

    /** @param answers whether messages are answers, not requests */
    Head(boolean answers) {
        this.answers = answers;
    }

    void begin() {
        contentLength = UNKNOWN;
        chunked = false;
        last = false;
    }

    /** Keeps the start line; gives another one in exchange, so that nothing is copied. */
    Line start(Line line) throws IOException {
        Line spare = start;
        start = line;
        if (answers) {
            readAnswer();
        } else {
            readRequest();
        }
        return spare;
    }

    private void readAnswer() throws IOException {
        if (start.length() < VERSION + " 200".length() || !start.begins(ANSWER)) {
            throw start.malformed();
        }
        status = (int) start.number(VERSION + 1, VERSION + 4, 10);
        last = start.at(VERSION - 1) == '0';
    }

    private void readRequest() throws IOException {
        int version = start.length() - VERSION;
        if (version < "GET / ".length() || start.at(version) != 'H' || start.at(version - 1) != ' ') {
            throw start.malformed();
        }
        last = start.at(start.length() - 1) == '0';
    }

    /** Looks at one header; most say nothing of where the message ends, and are told by the length of their names. */
    void header(Line line) throws IOException {
        int colon = line.find(':', ':');
        switch (colon) {
            case 10 -> last |= line.beginsInAnyCase("connection") && line.smallText(colon + 1).contains("close");
            case 14 -> contentLength = line.beginsInAnyCase("content-length") ? line.number(colon + 1, line.length(), 10) : contentLength;
            case 17 -> chunked |= line.beginsInAnyCase("transfer-encoding") && line.smallText(colon + 1).contains("chunked");
            default -> { }
        }
    }

    /** Whether this answer only says that the real one will come. */
    boolean isInterim() {
        return answers && status < 200;
    }

    boolean isChunked() {
        return chunked;
    }

    /** Bytes of the body, if the head says so, else {@link #UNKNOWN}. */
    long contentLength() {
        return answers && (status == 204 || status == 304) ? 0 : contentLength;
    }

    /** Whether the message, without a length as it is, lasts until the connection ends. */
    boolean endsWithConnection() {
        return answers;
    }

    /** Whether nothing follows on this connection. */
    boolean isLast() {
        return last || (answers && !chunked && contentLength() == UNKNOWN);
    }

    int status() {
        return status;
    }

    /** Method and target of a request. */
    String request() {
        return start.text(0, start.length() - VERSION - 1);
    }

    boolean begins(byte[] with) {
        return start.begins(with);
    }
}
