package dev.penstock.simulators.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One answer, before it is given: its tokens and why it ends. An answer that ends by itself costs one token for that, as with a
 * real model.
 *
 * @param finish {@code stop}, {@code length} or {@code tool_calls}
 * @param stopReason the stop text that ended it, null when none did
 */
record Script(List<Piece> pieces, String finish, @Nullable String stopReason) {

    Script {
        pieces = List.copyOf(pieces);
    }

    /** An answer of these tokens that ends by itself if the limit lets it. */
    static Script of(List<Piece> pieces, String finish, int limit) {
        if (pieces.size() >= limit) {
            return new Script(pieces.subList(0, limit), "length", null);
        }
        List<Piece> whole = new ArrayList<>(pieces);
        whole.add(new Piece(Piece.Kind.END, ""));
        return new Script(whole, finish, null);
    }

    /** An answer in words. */
    static Script ofText(String text, int limit) {
        return of(Tokenizer.pieces(text).stream().map(Piece::content).toList(), "stop", limit);
    }

    /** A call of a tool: one token for its name, then its arguments. */
    static Script ofTool(String name, String arguments, int limit) {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(new Piece(Piece.Kind.TOOL, name));
        Tokenizer.pieces(arguments).forEach(piece -> pieces.add(new Piece(Piece.Kind.ARGUMENTS, piece)));
        return of(pieces, "tool_calls", limit);
    }

    /** The same answer after these thoughts, which count against the limit too. */
    Script after(String thoughts, int limit) {
        List<Piece> whole = new ArrayList<>();
        Tokenizer.pieces(thoughts).forEach(piece -> whole.add(new Piece(Piece.Kind.THOUGHT, piece)));
        whole.addAll(pieces);
        return whole.size() > limit ? new Script(whole.subList(0, limit), "length", null) : new Script(whole, finish, stopReason);
    }

    /** What is visible of that kind. */
    String text(Piece.Kind kind) {
        return pieces.stream().filter(piece -> piece.kind() == kind).map(Piece::text).collect(Collectors.joining());
    }

    /** The answer as it is when it ends at the first of these texts, which itself is left out unless it is to be seen. */
    Script endingAt(List<String> stops, boolean visible) {
        String text = text(Piece.Kind.CONTENT);
        int end = Integer.MAX_VALUE;
        String reason = null;
        for (String stop : stops) {
            int found = stop.isEmpty() ? -1 : text.indexOf(stop);
            if (found >= 0 && found + stop.length() < end) {
                end = found + stop.length();
                reason = stop;
            }
        }
        if (reason == null) {
            return this;
        }
        return new Script(upTo(end, visible ? end : end - reason.length()), "stop", reason);
    }

    /** The tokens that were produced until that place in the text, of which less may be seen. */
    private List<Piece> upTo(int end, int seen) {
        List<Piece> kept = new ArrayList<>();
        int from = 0;
        for (Piece piece : pieces) {
            if (from >= end) {
                break;
            }
            int visible = Math.clamp((long) seen - from, 0, piece.text().length());
            kept.add(new Piece(piece.kind(), piece.text().substring(0, visible)));
            from += piece.text().length();
        }
        return kept;
    }
}
