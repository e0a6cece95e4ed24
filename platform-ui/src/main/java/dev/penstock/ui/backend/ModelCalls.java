package dev.penstock.ui.backend;

import dev.penstock.contract.CallId;
import java.time.Duration;

/**
 * Calls models on behalf of the person who looks, with their own sign-in, at the gateway where every program calls: so these calls are counted,
 * limited, priced and refused like any other.
 */
public interface ModelCalls {

    /**
     * Begins a call; called with the tab's lock held.
     *
     * @param told what the call tells, from a thread of its own
     * @throws SignedOut when nobody is signed in
     */
    Running start(ModelCall call, Told told);

    /** A call that has begun. */
    @FunctionalInterface
    interface Running {

        /** Ends it at once, at the engine too; what was said until then is booked. May be repeated. */
        void stop();
    }

    /** Durations are from the moment the call was sent, as they passed here. */
    interface Told {

        /** The gateway took the call, or refused it by this id. */
        void begun(CallId call);

        /** @param thought whether the model says it to itself, before it answers */
        void said(String words, boolean thought, Duration after);

        /** Once, and last. */
        void over(CallEnd end, Duration after);
    }
}
