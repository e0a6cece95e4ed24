package dev.penstock.verifier;

/**
 * Text from a file that somebody else made, on its way to a terminal: control characters could move the cursor and right-to-left marks
 * could swap words, so that a screen says other than what was found.
 */
final class Words {

    private static final int QUOTED_LENGTH = 80;

    private Words() {}

    /** Everything that does not print as itself becomes {@code U+XXXX} in angle brackets. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHarmless(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append("<U+").append("%04X".formatted(c)).append('>');
            }
        });
        return shown.toString();
    }

    /** The beginning of a text, in quotation marks. */
    static String quoted(String text) {
        String start = text.length() <= QUOTED_LENGTH ? text : text.substring(0, QUOTED_LENGTH) + "…";
        return '"' + printable(start) + '"';
    }

    /** "1 entry", "2 entries". */
    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
