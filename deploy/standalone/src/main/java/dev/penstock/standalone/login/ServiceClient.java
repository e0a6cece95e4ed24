package dev.penstock.standalone.login;

import java.util.Set;

/** A program that acts for itself, by client credentials. Its tokens carry the scopes it asks for and no groups. */
public record ServiceClient(String id, String secret, Set<String> scopes) {

    public ServiceClient {
        scopes = Set.copyOf(scopes);
    }

    /** Secrets do not go into logs. */
    @Override
    public String toString() {
        return "ServiceClient[id=" + id + ", scopes=" + scopes + "]";
    }
}
