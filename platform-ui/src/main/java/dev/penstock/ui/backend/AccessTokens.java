package dev.penstock.ui.backend;

import dev.penstock.contract.Problem;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access token of one portal session, refreshed before it expires and only once: a provider that rotates refresh tokens takes the
 * second use of one for theft and ends the session, and two open tabs make a second use likely.
 */
final class AccessTokens {

    private static final Logger log = LoggerFactory.getLogger(AccessTokens.class);

    private final TokenRefresh refresh;
    private final Clock clock;
    private final Runnable whenOver;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile Tokens tokens;
    private volatile boolean over;

    /** @param whenOver told once, when the provider refuses to go on */
    AccessTokens(Tokens first, TokenRefresh refresh, Clock clock, Runnable whenOver) {
        this.tokens = first;
        this.refresh = refresh;
        this.clock = clock;
        this.whenOver = whenOver;
    }

    /**
     * A token that is good for a call now.
     *
     * @throws SignedOut when the session is over
     * @throws BackendProblem when the token has expired and the provider does not answer
     */
    String current() {
        Tokens present = tokens;
        if (over) {
            throw new SignedOut("the session is over");
        }
        return present.dueAt(clock.instant()) ? refreshed(present).access() : present.access();
    }

    /** A token other than one that a service has just refused, as after a change of signing keys. */
    String insteadOf(String refused) {
        Tokens present = tokens;
        return present.access().equals(refused) ? refreshed(present).access() : current();
    }

    Tokens latest() {
        return tokens;
    }

    /** From now on every call is {@link SignedOut}. */
    void end() {
        over = true;
    }

    private Tokens refreshed(Tokens seen) {
        refreshing.lock();
        try {
            if (over) {
                throw new SignedOut("the session is over");
            }
            if (tokens == seen) { // Otherwise somebody else was faster, and theirs is ours.
                tokens = refresh.next(seen);
            }
            return tokens;
        } catch (TokenRefresh.Refused refused) {
            log.info("A portal session ends: the identity provider refused to refresh its token ({})", refused.getMessage());
            over = true;
            whenOver.run();
            throw new SignedOut("the identity provider ended the session");
        } catch (IOException unreachable) {
            if (!seen.expiredAt(clock.instant())) {
                return seen; // Still good for a while; the next call tries again.
            }
            var problem = new BackendProblem(
                    Problem.INTERNAL,
                    "The sign-in service does not answer.",
                    "Your session is kept; it goes on as soon as the service is back.",
                    null,
                    Map.of());
            problem.initCause(unreachable);
            throw problem;
        } finally {
            refreshing.unlock();
        }
    }
}
