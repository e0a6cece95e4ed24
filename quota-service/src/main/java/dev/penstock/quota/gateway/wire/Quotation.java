package dev.penstock.quota.gateway.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds in what an engine says of a request the request itself, or the key it was asked with. Engines quote what they do not accept, vLLM all of it; clients
 * log errors, and a prompt has no business in their logs. What is shorter than sixteen bytes is not told from words that any sentence has.
 */
public final class Quotation {

    private static final int RUN = 16;
    private static final int BASE = 31;
    private static final int LEAVING = power();
    private static final int SPREAD = 0x9E3779B9;
    private static final int BITS = 16;

    /** What a field is called may be told, and each part of it. */
    private static final Pattern NAME = Pattern.compile("[^A-Za-z0-9]*[a-z]+(_[a-z]+)+[^A-Za-z0-9]*");

    private final CallBody asked;
    private final String key;
    private final String servedModel;

    /**
     * @param asked what may not be quoted, but for the name of its model
     * @param key the engine's
     * @param servedModel as what the engine knows the model
     */
    public Quotation(CallBody asked, String key, String servedModel) {
        this.asked = asked;
        this.key = key;
        this.servedModel = servedModel;
    }

    /** Takes a pass over the request; a sentence is short. */
    boolean isIn(String sentence) {
        if (sentence.contains(key)) {
            return true;
        }
        String rest = sentence.replace(servedModel, " ").replace(asked.model(), " ");
        byte[] told = (rest + "\n\n" + escaped(rest)).getBytes(StandardCharsets.UTF_8);
        return told.length >= RUN && asked.length() >= RUN && shares(told, asked.bytes());
    }

    private static boolean shares(byte[] told, byte[] request) {
        Map<Integer, Integer> runs = new HashMap<>();
        BitSet some = new BitSet(1 << BITS);
        int hash = hash(told);
        for (int at = 0; at + RUN <= told.length; hash = moved(hash, told, at++)) {
            if (!NAME.matcher(new String(told, at, RUN, StandardCharsets.ISO_8859_1)).matches()) {
                runs.putIfAbsent(hash, at);
                some.set(bit(hash));
            }
        }
        hash = hash(request);
        for (int at = 0; at + RUN <= request.length; hash = moved(hash, request, at++)) {
            // Most bytes of a long request end here: it is read on an event loop.
            if (some.get(bit(hash))) {
                Integer from = runs.get(hash);
                if (from != null && Arrays.equals(told, from, from + RUN, request, at, at + RUN)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** As clients write it that send nothing but ASCII. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(letter -> {
            switch (letter) {
                case '\n' -> escaped.append("\\n");
                case '"', '\\' -> escaped.append('\\').append((char) letter);
                default -> escaped.append(letter < 128 ? String.valueOf((char) letter) : String.format("\\u%04x", letter));
            }
        });
        return escaped.toString();
    }

    private static int hash(byte[] bytes) {
        int hash = 0;
        for (int i = 0; i < RUN; i++) {
            hash = hash * BASE + bytes[i];
        }
        return hash;
    }

    /** Without the byte that stands there, with the one behind the run, if there is one. */
    private static int moved(int hash, byte[] bytes, int at) {
        return at + RUN >= bytes.length ? hash : hash * BASE + bytes[at + RUN] - LEAVING * bytes[at];
    }

    private static int bit(int hash) {
        return hash * SPREAD >>> Integer.SIZE - BITS;
    }

    private static int power() {
        int power = 1;
        for (int i = 0; i < RUN; i++) {
            power *= BASE;
        }
        return power;
    }
}
