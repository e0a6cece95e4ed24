package dev.penstock.frame.identity;

import java.util.Optional;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;

/** Verifies access tokens that do not come in through the REST interfaces, by the same rules. */
@Component
public final class AccessTokens {

    private final JwtDecoder decoder;
    private final Callers callers;

    AccessTokens(JwtDecoder decoder, Callers callers) {
        this.decoder = decoder;
        this.callers = callers;
    }

    /**
     * May ask the issuer for its keys, so it can take a while.
     *
     * @return empty for a token that does not hold: expired, forged, not for us
     * @throws IssuerUnavailable if the issuer's keys could not be had, and so nobody knows
     */
    public Optional<Caller> verify(String token) {
        try {
            return Optional.of(callers.of(decoder.decode(token)));
        } catch (BadJwtException e) {
            return Optional.empty();
        } catch (JwtException e) {
            throw new IssuerUnavailable(e);
        }
    }

    /** The identity provider did not answer. */
    public static final class IssuerUnavailable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        IssuerUnavailable(Throwable cause) {
            super("asking the identity provider for its keys", cause);
        }
    }
}
