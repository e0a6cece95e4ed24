package dev.penstock.ui.backend;

import java.io.IOException;

/** Asks the identity provider for the next tokens. */
@FunctionalInterface
public interface TokenRefresh {

    /**
     * @throws Refused when the provider does not accept the refresh token any more: the session is over
     * @throws IOException when the provider did not answer: try again later
     */
    Tokens next(Tokens present) throws IOException, Refused;

    /** The provider's final no. */
    final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        public Refused(String why) {
            super(why);
        }
    }
}
