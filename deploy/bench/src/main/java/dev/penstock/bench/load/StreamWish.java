package dev.penstock.bench.load;

import java.nio.charset.StandardCharsets;

/** Sees in passing whether a request asks for a stream: a member {@code "stream"} that begins with t. */
final class StreamWish implements MessageReader.Body {

    private static final byte[] NAME = "\"stream\"".getBytes(StandardCharsets.US_ASCII);

    private int matched;
    private boolean made;

    /** A request begins. */
    void begin() {
        matched = 0;
        made = false;
    }

    @Override
    public void part(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte next = bytes[i];
            if (matched == NAME.length) {
                value(next);
            } else if (next == NAME[matched]) {
                matched++;
            } else {
                matched = next == '"' ? 1 : 0;
            }
        }
    }

    private void value(byte next) {
        if (next != ':' && next != ' ') {
            made |= next == 't';
            matched = next == '"' ? 1 : 0;
        }
    }

    boolean isMade() {
        return made;
    }
}
