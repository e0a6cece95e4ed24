package dev.penstock.ui.backend;

/** The portal session has no tokens any more: the identity provider ended it, or the person signed out in another tab. */
public final class SignedOut extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SignedOut(String why) {
        super(why);
    }
}
