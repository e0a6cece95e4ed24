package dev.penstock.verifier;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) strictly, into {@link Map}, {@link List}, {@link String}, {@link Long}, {@link Boolean} and null. Names must not
 * repeat, text must be well-formed Unicode, numbers must be whole and exact in an IEEE double. Written apart from {@link CanonicalJson}
 * so that one's mistake is not hidden by the other's.
 */
final class JsonText {

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /**
     * @throws IllegalArgumentException if this is not such JSON; the message continues "it …"
     * @throws UnusableInput beyond the depth limit; its message continues likewise
     */
    static @Nullable Object read(byte[] utf8) {
        try {
            return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("is not UTF-8", e);
        }
    }

    private static @Nullable Object read(String text) {
        JsonText json = new JsonText(text);
        Object value = json.value(0);
        json.space();
        if (json.at != text.length()) {
            throw json.unexpected();
        }
        return value;
    }

    private @Nullable Object value(int depth) {
        space();
        return switch (peek()) {
            case '{' -> object(deeper(depth));
            case '[' -> array(deeper(depth));
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private static int deeper(int depth) {
        if (depth == Limits.DEPTH) {
            throw new UnusableInput("is nested deeper than " + Limits.DEPTH + " levels");
        }
        return depth + 1;
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        at++;
        space();
        if (skip('}')) {
            return members;
        }
        do {
            space();
            if (peek() != '"') {
                throw unexpected();
            }
            String name = string();
            space();
            require(':');
            if (members.containsKey(name)) {
                throw new IllegalArgumentException("has the name " + Words.quoted(name) + " twice");
            }
            members.put(name, value(depth));
            space();
        } while (skip(','));
        require('}');
        return members;
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> elements = new ArrayList<>();
        at++;
        space();
        if (skip(']')) {
            return elements;
        }
        do {
            elements.add(value(depth));
            space();
        } while (skip(','));
        require(']');
        return elements;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        at++;
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw new IllegalArgumentException("has a control character in a string");
            }
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        requireWholePairs(string);
        return string.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw new IllegalArgumentException("has an escape that JSON does not know");
        };
    }

    private char hex() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
            if (digit < 0) {
                throw unexpected();
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private static void requireWholePairs(CharSequence string) {
        for (int i = 0; i < string.length(); i++) {
            if (Character.isSurrogate(string.charAt(i))) {
                if (i + 1 == string.length() || !Character.isSurrogatePair(string.charAt(i), string.charAt(i + 1))) {
                    throw new IllegalArgumentException("has half a surrogate pair");
                }
                i++;
            }
        }
    }

    private Long number() {
        int start = at;
        skip('-');
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == digits) {
            throw unexpected();
        }
        // Sixteen digits fit a long; more of them are never exact in a double.
        long value = at - digits > 16 ? Long.MAX_VALUE : Math.abs(Long.parseLong(text, start, at, 10));
        boolean continues = at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0;
        boolean otherForm = text.charAt(digits) == '0' && (at - digits > 1 || digits > start);
        if (value > CanonicalJson.SAFE || continues || otherForm) {
            throw new IllegalArgumentException("has a number that is not a whole number of at most 2^53 - 1");
        }
        return digits > start ? -value : value;
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return value;
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("ends too early");
        }
        return text.charAt(at);
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char c) {
        if (!skip(c)) {
            throw unexpected();
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(at < text.length() ? "is not JSON from character " + (at + 1) + " on" : "ends too early");
    }
}
