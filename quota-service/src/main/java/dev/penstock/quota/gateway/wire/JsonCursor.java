package dev.penstock.quota.gateway.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Walks over one JSON text in its bytes, strictly by RFC 8259: no tree and no string for what nobody asks about. Stricter than what stands
 * behind it, so that nothing is read there that was not read here: no NaN, no comments, no byte order mark, well-formed UTF-8, bounded depth.
 *
 * <p>Objects are walked with {@code for (boolean more = c.enterObject(); more; more = c.moreMembers())}; the body of the loop must take the
 * member's value, by reading or by {@link #skip()}. Arrays likewise.
 */
final class JsonCursor {

    /** Tools' schemas reach a few dozen. */
    static final int MOST_DEPTH = 128;

    enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL
    }

    private final byte[] bytes;
    private final int end;
    private int at;
    private int depth;
    private int keyStart;
    private int keyEnd;
    private int comma;
    private boolean escaped;

    JsonCursor(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    JsonCursor(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Where the next byte is read. After {@link #next()} this is where the value begins, after taking it where it ended. */
    int position() {
        return at;
    }

    /** Skips white space and tells what begins here. */
    Kind next() {
        blank();
        return switch (look()) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.STRING;
            case 't' -> Kind.TRUE;
            case 'f' -> Kind.FALSE;
            case 'n' -> Kind.NULL;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
            default -> throw malformed("no value");
        };
    }

    /** @return false if it has no members */
    boolean enterObject() {
        open('{');
        comma = -1;
        if (closes('}')) {
            return false;
        }
        key();
        return true;
    }

    boolean moreMembers() {
        blank();
        comma = at;
        if (!continues('}')) {
            return false;
        }
        blank();
        key();
        return true;
    }

    /** @return false if it has no elements */
    boolean enterArray() {
        open('[');
        return !closes(']');
    }

    boolean moreElements() {
        blank();
        return continues(']');
    }

    /** Where the key's opening quote stands. */
    int keyAt() {
        return keyStart - 1;
    }

    /** The comma before the member, or -1 for the first. */
    int commaAt() {
        return comma;
    }

    /** Whether the member's key means {@code name}, however it is escaped. */
    boolean keyIs(byte[] name) {
        return escaped
                ? decode(new Span(keyStart, keyEnd)).equals(new String(name, StandardCharsets.UTF_8))
                : Arrays.equals(bytes, keyStart, keyEnd, name, 0, name.length);
    }

    /** Takes a string; the span is its content between the quotes, escapes as they are. */
    Span string() {
        int start = at + 1;
        text();
        return new Span(start, at - 1);
    }

    /** What a string of this text means. */
    String decode(Span content) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(content.end() - content.start());
        StringBuilder text = new StringBuilder();
        int i = content.start();
        while (i < content.end()) {
            if (bytes[i] != '\\') {
                plain.write(bytes[i++]);
                continue;
            }
            text.append(plain.toString(StandardCharsets.UTF_8));
            plain.reset();
            text.append(escape(i));
            i += bytes[i + 1] == 'u' ? 6 : 2;
        }
        return text.append(plain.toString(StandardCharsets.UTF_8)).toString();
    }

    /** Takes a number; empty as {@link WholeNumber} has it. */
    OptionalLong wholeNumber() {
        int start = at;
        digits();
        return WholeNumber.of(bytes, start, at);
    }

    /** Takes any value. @return how many bytes of strings are in it, keys not counted */
    long skip() {
        switch (next()) {
            case OBJECT -> {
                long strings = 0;
                for (boolean more = enterObject(); more; more = moreMembers()) {
                    strings += skip();
                }
                return strings;
            }
            case ARRAY -> {
                long strings = 0;
                for (boolean more = enterArray(); more; more = moreElements()) {
                    strings += skip();
                }
                return strings;
            }
            case STRING -> {
                int start = at;
                text();
                return at - start - 2L;
            }
            case NUMBER -> digits();
            case TRUE -> word("true");
            case FALSE -> word("false");
            case NULL -> word("null");
        }
        return 0;
    }

    /** Nothing but white space may follow. */
    void finish() {
        blank();
        if (at != end) {
            throw malformed("something after the end");
        }
    }

    private void open(char bracket) {
        blank();
        if (look() != bracket) {
            throw malformed("expected " + bracket);
        }
        if (++depth > MOST_DEPTH) {
            throw malformed("nested more than " + MOST_DEPTH + " deep");
        }
        at++;
        blank();
    }

    private boolean closes(char bracket) {
        if (look() != bracket) {
            return false;
        }
        at++;
        depth--;
        return true;
    }

    private boolean continues(char bracket) {
        if (closes(bracket)) {
            return false;
        }
        if (look() != ',') {
            throw malformed("expected , or " + bracket);
        }
        at++;
        return true;
    }

    private void key() {
        blank();
        if (look() != '"') {
            throw malformed("expected a name");
        }
        int start = at + 1;
        boolean withEscapes = text();
        keyStart = start;
        keyEnd = at - 1;
        escaped = withEscapes;
        blank();
        if (look() != ':') {
            throw malformed("expected :");
        }
        at++;
    }

    /** Takes a string. @return whether it has escapes */
    private boolean text() {
        boolean escapes = false;
        at++;
        while (true) {
            plain();
            int b = look();
            if (b == '"') {
                at++;
                return escapes;
            }
            if (b == '\\') {
                escapes = true;
                checkEscape();
            } else if (b < 0x20) {
                throw malformed("a control character in a string");
            } else {
                at = Utf8.after(bytes, at, end);
            }
        }
    }

    /** Nearly all that is ever read: characters of a string that stand for themselves in one byte. Bytes of longer ones are negative. */
    private void plain() {
        int i = at;
        while (i < end && bytes[i] >= 0x20 && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        at = i;
    }

    private void checkEscape() {
        at++;
        switch (look()) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
            case 'u' -> {
                for (int i = 1; i <= 4; i++) {
                    if (at + i >= end || Character.digit(bytes[at + i], 16) < 0) {
                        throw malformed("a broken escape");
                    }
                }
                at += 5;
            }
            default -> throw malformed("a broken escape");
        }
    }

    private char escape(int backslash) {
        return switch (bytes[backslash + 1]) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) Integer.parseInt(new String(bytes, backslash + 2, 4, StandardCharsets.US_ASCII), 16);
            default -> (char) bytes[backslash + 1];
        };
    }

    private void digits() {
        if (look() == '-') {
            at++;
        }
        if (look() == '0') {
            at++;
        } else {
            someDigits();
        }
        if (at < end && bytes[at] == '.') {
            at++;
            someDigits();
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            if (look() == '+' || look() == '-') {
                at++;
            }
            someDigits();
        }
    }

    private void someDigits() {
        int start = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw malformed("a broken number");
        }
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (look() != word.charAt(i)) {
                throw malformed("no value");
            }
            at++;
        }
    }

    private void blank() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private int look() {
        if (at >= end) {
            throw malformed("the end came too early");
        }
        return bytes[at] & 0xff;
    }

    private MalformedJson malformed(String what) {
        return new MalformedJson(what, at);
    }
}
