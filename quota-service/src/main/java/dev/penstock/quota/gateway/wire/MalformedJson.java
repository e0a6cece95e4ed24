package dev.penstock.quota.gateway.wire;

/** Bytes that are no JSON text by RFC 8259, or one that is nested too deeply. The message names the place and never repeats the content. */
public final class MalformedJson extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What was read as a tree. */
    public MalformedJson(String what) {
        super(what, null, false, false);
    }

    MalformedJson(String what, int at) {
        // Without a stack trace: hostile bodies must not be dearer to refuse than to send.
        super(what + " at byte " + at, null, false, false);
    }
}
