package dev.penstock.ui.signin;

import dev.penstock.ui.backend.PortalSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.WebUtils;

/**
 * Ends the portal session in all its tabs, then the provider's own session (OpenID Connect RP-Initiated Logout). The id token is taken
 * before the HTTP session goes, and it is the latest one: a provider that rotates tokens no longer knows the first.
 *
 * <p>It is a form the browser sends, not a call of a page that runs: such a page hears through its push connection that its session is gone,
 * reloads, and would be signed in again by the provider before the provider hears of the end. For the same sake the form leaves a
 * {@linkplain #under cookie} for a minute, with which no page signs in by itself.
 */
final class SignOut implements LogoutHandler, LogoutSuccessHandler {

    private static final Logger log = LoggerFactory.getLogger(SignOut.class);
    private static final String ID_TOKEN = SignOut.class.getName() + ".idToken";
    /** Set by portal.js. */
    private static final String COOKIE = "penstock-signing-out";

    static final String SIGNED_OUT = "/signed-out";

    private final ProviderRegistration provider;

    SignOut(ProviderRegistration provider) {
        this.provider = provider;
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication who) {
        HttpSession http = request.getSession(false);
        if (http != null && http.getAttribute(PortalSession.attribute()) instanceof PortalSession session) {
            request.setAttribute(ID_TOKEN, session.idToken());
            session.end();
        }
    }

    /** Whether the browser that asks is about to sign out, or just did. */
    static boolean under(HttpServletRequest request) {
        return WebUtils.getCookie(request, COOKIE) != null;
    }

    /** Answers a page that leads on, since what a form leads to by redirects has to be this origin's own ({@code form-action}). */
    @Override
    public void onLogoutSuccess(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication who)
            throws IOException {
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        String next = HtmlUtils.htmlEscape(next(request));
        response.getWriter().write("""
                <!doctype html>
                <html lang="en">
                <title>Signing out · Penstock</title>
                <meta http-equiv="refresh" content="0; url=%1$s">
                <a href="%1$s">Sign out</a>
                """.formatted(next));
    }

    private String next(HttpServletRequest request) {
        String signedOut =
                ServletUriComponentsBuilder.fromContextPath(request).path(SIGNED_OUT).toUriString();
        try {
            String endSession = provider.endSessionAddress();
            if (endSession == null || !(request.getAttribute(ID_TOKEN) instanceof String idToken)) {
                return signedOut;
            }
            return UriComponentsBuilder.fromUriString(endSession)
                    .queryParam("id_token_hint", idToken)
                    .queryParam("post_logout_redirect_uri", signedOut)
                    .encode()
                    .toUriString();
        } catch (IllegalArgumentException unreachable) {
            log.warn("Signed out here; the identity provider's own session goes on, as it does not answer", unreachable);
            return signedOut;
        }
    }
}
