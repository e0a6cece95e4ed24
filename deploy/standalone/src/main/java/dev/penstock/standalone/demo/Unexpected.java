package dev.penstock.standalone.demo;

import java.util.Objects;

/** Something else was seen than expected. */
final class Unexpected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unexpected(String sentence) {
        super(sentence);
    }

    /** @throws Unexpected unless both are equal */
    static void unlessSame(String what, Object expected, Object seen) {
        if (!Objects.equals(expected, seen)) {
            throw new Unexpected(what + ": expected " + expected + ", seen " + seen);
        }
    }

    /** @throws Unexpected unless it holds */
    static void unless(boolean holds, String expected, Object seen) {
        if (!holds) {
            throw new Unexpected("expected " + expected + ", seen " + seen);
        }
    }
}
