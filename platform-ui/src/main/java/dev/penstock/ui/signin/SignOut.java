package dev.penstock.ui.signin;

import com.vaadin.flow.spring.security.UidlRedirectStrategy;
import dev.penstock.ui.backend.PortalSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Ends the portal session in all its tabs, then the provider's own session (OpenID Connect RP-Initiated Logout). The id token is taken
 * before the HTTP session goes, and it is the latest one: a provider that rotates tokens no longer knows the first.
 */
final class SignOut implements LogoutHandler, LogoutSuccessHandler {

    private static final Logger log = LoggerFactory.getLogger(SignOut.class);
    private static final String ID_TOKEN = SignOut.class.getName() + ".idToken";
    static final String SIGNED_OUT = "/signed-out";

    private final ProviderRegistration provider;
    private final UidlRedirectStrategy redirect = new UidlRedirectStrategy();

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

    @Override
    public void onLogoutSuccess(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication who)
            throws IOException {
        redirect.sendRedirect(request, response, next(request));
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
