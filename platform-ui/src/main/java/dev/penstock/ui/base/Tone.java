package dev.penstock.ui.base;

import java.util.Locale;

/** What a state means, told by shape first and colour second. */
public enum Tone {
    /** Ready, verified. */
    OK,
    /** Work goes on now. */
    BUSY,
    /** A limit or an end is near. */
    WARN,
    /** Failed or refused. */
    BAD,
    /** Over. */
    OFF;

    String css() {
        return name().toLowerCase(Locale.ROOT);
    }
}
