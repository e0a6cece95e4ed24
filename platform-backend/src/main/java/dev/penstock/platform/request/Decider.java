package dev.penstock.platform.request;

import org.jspecify.annotations.Nullable;

/**
 * Who decides.
 *
 * @param inPlaceOf subject of whose place they are in; null: they have the right themselves
 */
record Decider(String name, @Nullable String inPlaceOf) {

    /** Who approves what needs nobody's consent. */
    static final Decider POLICY = new Decider(Decisions.POLICY.name(), null);
}
