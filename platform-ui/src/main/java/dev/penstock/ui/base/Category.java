package dev.penstock.ui.base;

import java.util.UUID;

/** The colour of a project or model: the same thing has the same one on every screen, for everybody. */
public final class Category {

    /** What is not worth a colour of its own. */
    public static final String EVERYTHING_ELSE = "cat-10";

    private static final int COLOURS = 9;

    private Category() {}

    /** A class of {@code components.css}. */
    public static String css(UUID id) {
        return "cat-" + (1 + Math.floorMod(id.hashCode(), COLOURS));
    }

    /** Of what is known by its name, as models are. */
    public static String css(String name) {
        return "cat-" + (1 + Math.floorMod(name.hashCode(), COLOURS));
    }
}
