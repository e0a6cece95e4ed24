package dev.penstock.platform.workspace;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the proxy itself says to people. */
final class Pages {

    /** Of what is still being sent while the answer is on its way. */
    private static final Duration READS_ON = Duration.ofSeconds(2);

    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>%1$s</title><meta name="viewport" content="width=device-width">
            <style>:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:36rem;margin:15vh auto;padding:0 1rem}</style></head>
            <body><h1>%1$s</h1><p>%2$s</p>%3$s</body></html>
            """;

    private final @Nullable URI portal;

    Pages(@Nullable URI portal) {
        this.portal = portal;
    }

    void nobody(HttpServerRequest request) {
        say(request, 401, "Open this workspace from the portal", "There is no session here, or it has ended: it lasts for some hours, and as long as the workspace runs and you belong to its project.");
    }

    void spent(HttpServerRequest request) {
        say(request, 403, "This way in was used", "A link into a workspace works once and for a short time. Open the workspace from the portal again.");
    }

    void stranger(HttpServerRequest request) {
        say(request, 403, "Not from here", "This came from a page that is not this workspace's own.");
    }

    void wrongHost(HttpServerRequest request) {
        say(request, 421, "No workspace has this address", "Open a workspace from the portal.");
    }

    void malformed(HttpServerRequest request) {
        say(request, 400, "This cannot be passed on", "It is not a request that a workspace can be asked.");
    }

    void tooLarge(HttpServerRequest request) {
        say(request, 413, "Too large", "More is passed on in pieces only: upload smaller files, or in several parts.");
    }

    void lengthUnknown(HttpServerRequest request) {
        say(request, 411, "Say how long it is", "Only what says its length beforehand is passed on.");
    }

    void busy(HttpServerRequest request) {
        say(request, 503, "Too much at once", "Try again shortly.");
    }

    void unreachable(HttpServerRequest request) {
        say(request, 502, "The workspace does not answer", "It may be starting or overloaded. Its page in the portal says how it is.");
    }

    void unknown(HttpServerRequest request) {
        say(request, 503, "This cannot be checked now", "Whether you may come in could not be found out. Try again shortly.");
    }

    private void say(HttpServerRequest request, int status, String title, String text) {
        if (request.response().headWritten() || request.response().closed()) {
            request.connection().close();
            return;
        }
        String link = portal == null ? "" : "<p><a href=\"" + portal + "\">To the portal</a></p>";
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
                .putHeader("Connection", "close")
                .end(PAGE.formatted(title, text, link))
                .onComplete(said -> leave(request));
    }

    /** What is still being sent is dropped for a moment, so that the answer is read before the connection goes. */
    private static void leave(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.handler(dropped -> {}).endHandler(all -> request.connection().close()).resume();
            request.connection().shutdown(READS_ON.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
