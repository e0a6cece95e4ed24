package dev.penstock.ui.backend;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What is accepted as the address of a service. */
final class ServiceAddress {

    private ServiceAddress() {}

    /** @throws IllegalArgumentException naming the setting, when it is missing or no http(s) address */
    static void check(String setting, @Nullable URI url) {
        if (url == null) {
            throw new IllegalArgumentException(setting + " is not set: give the service's address, for example http://localhost:8081");
        }
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException(setting + " must be an http or https address, not “" + url + "”");
        }
    }
}
