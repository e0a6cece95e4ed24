package dev.penstock.ui.audit;

/** Hashes as people compare them. */
final class Hashes {

    private static final int SHOWN_AT_ONCE = 16;

    private Hashes() {}

    /** For example {@code 9f3c 71e0 … b24d}. */
    static String abbreviated(String hex) {
        return hex.length() <= SHOWN_AT_ONCE
                ? hex
                : hex.substring(0, 4) + " " + hex.substring(4, 8) + " … " + hex.substring(hex.length() - 4);
    }
}
