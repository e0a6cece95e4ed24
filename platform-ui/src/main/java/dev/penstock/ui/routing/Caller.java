package dev.penstock.ui.routing;

import dev.penstock.contract.KeyId;
import org.jspecify.annotations.Nullable;

/** As whose a call is tried. @param key null: the person's own */
record Caller(@Nullable KeyId key, String title) {

    static final Caller MYSELF = new Caller(null, "You yourself, signed in");
}
