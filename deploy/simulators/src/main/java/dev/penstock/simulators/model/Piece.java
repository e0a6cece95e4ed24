package dev.penstock.simulators.model;

/**
 * One token of an answer.
 *
 * @param text what becomes visible with it; may be empty, a token need not be seen to have been produced
 */
record Piece(Kind kind, String text) {

    enum Kind {
        /** Said to itself, before the answer. */
        THOUGHT,
        CONTENT,
        /** A tool is called; the text is its name. */
        TOOL,
        ARGUMENTS,
        /** The model has come to its end. */
        END
    }

    static Piece content(String text) {
        return new Piece(Kind.CONTENT, text);
    }
}
