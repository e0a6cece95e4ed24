package dev.penstock.standalone.demo;

import org.jspecify.annotations.Nullable;

/** Something that one step makes and others use. */
final class Prop<T> {

    private final String what;
    private @Nullable T value;

    /** @param what it is, as in "a key" */
    Prop(String what) {
        this.what = what;
    }

    T set(T made) {
        value = made;
        return made;
    }

    boolean isThere() {
        return value != null;
    }

    /** @throws Missing if no step made it */
    T get() {
        if (value == null) {
            throw new Missing(what);
        }
        return value;
    }
}
