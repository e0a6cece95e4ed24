package dev.penstock.frame.copy;

import java.util.HashMap;
import java.util.Map;

/** Equal immutable things as one object: of what a copy says again and again, such as whose a row is, memory holds one. For one reading. */
public final class Alike<T> {

    private final Map<T, T> known = new HashMap<>();

    /** The first that was equal to it. */
    public T one(T thing) {
        T before = known.putIfAbsent(thing, thing);
        return before == null ? thing : before;
    }
}
