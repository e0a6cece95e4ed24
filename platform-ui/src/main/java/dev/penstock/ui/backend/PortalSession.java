package dev.penstock.ui.backend;

import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.WrappedSession;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One signed-in browser: its tokens, shared by all its tabs, and what has to stop when it ends. Lives in the HTTP session; background
 * work runs {@linkplain #as on behalf} of one.
 */
public final class PortalSession {

    private static final ScopedValue<PortalSession> ACTING = ScopedValue.newInstance();

    private final AccessTokens tokens;
    private final List<Runnable> whenOver = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    public PortalSession(Tokens first, TokenRefresh refresh, Clock clock) {
        this.tokens = new AccessTokens(first, refresh, clock, this::end);
    }

    /**
     * The session on whose behalf the present thread works.
     *
     * @throws SignedOut when there is none
     */
    static PortalSession current() {
        if (ACTING.isBound()) {
            return ACTING.get();
        }
        PortalSession session = of(VaadinSession.getCurrent());
        if (session == null) {
            throw new SignedOut("nobody is signed in here");
        }
        return session;
    }

    /** The session a browser's Vaadin session belongs to; null when nobody is signed in. */
    static @Nullable PortalSession of(@Nullable VaadinSession vaadin) {
        WrappedSession http = vaadin == null ? null : vaadin.getSession();
        try {
            return http == null ? null : (PortalSession) http.getAttribute(attribute());
        } catch (IllegalStateException invalidated) {
            return null;
        }
    }

    /** The name it has in the HTTP session. */
    public static String attribute() {
        return PortalSession.class.getName();
    }

    /** Runs work in the present thread on behalf of this session, as a background thread must. */
    public void as(Runnable work) {
        ScopedValue.where(ACTING, this).run(work);
    }

    /** @throws SignedOut when the session is over */
    String accessToken() {
        return tokens.current();
    }

    String accessTokenInsteadOf(String refused) {
        return tokens.insteadOf(refused);
    }

    /** The last id token; null when the provider gave none. */
    public @Nullable String idToken() {
        return tokens.latest().id();
    }

    /**
     * Told once, when the session ends, at once if it has ended.
     *
     * @return takes it back
     */
    Runnable whenOver(Runnable action) {
        whenOver.add(action);
        if (over) {
            action.run();
        }
        return () -> whenOver.remove(action);
    }

    /** Ends it for every tab: by sign-out, by the provider's refusal, or with the HTTP session. */
    public void end() {
        if (!over) {
            over = true;
            tokens.end();
            whenOver.forEach(Runnable::run);
        }
    }
}
