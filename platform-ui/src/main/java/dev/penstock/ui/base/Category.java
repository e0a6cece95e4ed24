package dev.penstock.ui.base;

import java.util.UUID;

/** The colour of a project or model: the same thing has the same one on every screen, for everybody. */
public final class Category {

    /** The tenth means “everything else”. */
    private static final int COLOURS = 9;

    private Category() {}

    /** A class of {@code components.css}. */
    public static String css(UUID id) {
        return "cat-" + (1 + Math.floorMod(id.hashCode(), COLOURS));
    }
}
