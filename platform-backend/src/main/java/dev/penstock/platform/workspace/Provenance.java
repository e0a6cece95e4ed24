package dev.penstock.platform.workspace;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from the workspace's own pages, or from nowhere. Pages of other workspaces are of the same site as browsers see it, so that
 * {@code SameSite} alone does not keep them out. Pure.
 */
final class Provenance {

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private Provenance() {}

    /** @param own the workspace's origin */
    static boolean isOwn(HttpMethod method, MultiMap headers, String own) {
        @Nullable String origin = headers.get("origin");
        if (isUpgrade(headers) || origin != null) {
            // Browsers always say where a web socket comes from.
            return own.equals(origin);
        }
        @Nullable String site = headers.get("sec-fetch-site");
        if (site == null || site.equals("same-origin") || site.equals("none")) {
            return true;
        }
        // Following a link is fine; being part of another's page is not.
        return READING.contains(method) && "navigate".equals(headers.get("sec-fetch-mode")) && "document".equals(headers.get("sec-fetch-dest"));
    }

    static boolean isUpgrade(MultiMap headers) {
        return headers.contains("upgrade");
    }
}
