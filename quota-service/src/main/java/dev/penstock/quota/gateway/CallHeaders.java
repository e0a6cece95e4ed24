package dev.penstock.quota.gateway;

import org.jspecify.annotations.Nullable;

/** The headers of a call. */
@FunctionalInterface
interface CallHeaders {

    /**
     * @param name in lower case
     * @return null: it was not sent
     */
    @Nullable String get(String name);
}
