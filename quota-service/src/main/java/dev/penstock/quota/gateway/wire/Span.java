package dev.penstock.quota.gateway.wire;

/** A range of bytes in a body. */
record Span(int start, int end) {

    Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a span: " + start + ".." + end);
        }
    }
}
