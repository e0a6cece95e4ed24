package dev.penstock.standalone.demo;

/** Something that an earlier step should have made is not there. */
final class Missing extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Missing(String what) {
        super("not possible without " + what);
    }
}
