package dev.penstock.quota.access;

/** What a program of ours may do here, by the scopes of its token. No person has one. */
public enum ServiceScope {
    /** Tell who exists. */
    REGISTRY("quota.registry"),
    /** Reserve and release. */
    RESERVATIONS("quota.reservations"),
    /** Report the time that slices were ready. */
    SLICE_TIME("quota.slice-time"),
    /** Tell where models are served. */
    ROUTES("quota.routes"),
    /** Ask whether texts are keys. */
    KEY_CHECK("quota.key-check");

    private final String scope;

    ServiceScope(String scope) {
        this.scope = scope;
    }

    /** As it stands in the token. */
    public String scope() {
        return scope;
    }
}
