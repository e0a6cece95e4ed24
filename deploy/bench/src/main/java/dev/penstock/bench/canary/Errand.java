package dev.penstock.bench.canary;

import java.util.Set;

/**
 * A kind of call.
 *
 * @param path with what {@link Words#in} puts in
 * @param body likewise
 * @param statuses one of which the answer must have, 0 for a connection that breaks; empty: any
 * @param leaves whether the caller goes away in the middle of the answer
 */
record Errand(String name, Bearer bearer, String method, String path, String body, Set<Integer> statuses, boolean leaves) {

    /** By what a call identifies itself. */
    enum Bearer {
        KEY,
        KEY_AS_X_API_KEY,
        KEY_WITHOUT_QUOTA,
        KEY_IN_QUERY,
        PERSON,
        REVOKED_KEY,
        WRONG_SECRET,
        WRONG_TEXT,
        WRONG_X_API_KEY,
        BASIC,
        NONE
    }

    static Errand post(String name, String path, String body, Integer... statuses) {
        return new Errand(name, Bearer.KEY, "POST", path, body, Set.of(statuses), false);
    }

    Errand by(Bearer other) {
        return new Errand(name, other, method, path, body, statuses, leaves);
    }

    Errand with(String otherMethod) {
        return new Errand(name, bearer, otherMethod, path, body, statuses, leaves);
    }

    Errand leaving() {
        return new Errand(name, bearer, method, path, body, statuses, true);
    }

    boolean expects(int status) {
        return statuses.isEmpty() || statuses.contains(status);
    }
}
