package dev.penstock.platform.provisioning;

import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.slice.Claim;
import dev.penstock.platform.slice.ClaimLost;
import dev.penstock.platform.slice.SliceClaims;
import dev.penstock.platform.slice.SliceKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings a slice from where it is to where it should be. It takes a name and nothing else: all it knows it reads anew, so it may be called
 * at any time, by anybody, any number of times, and stopped anywhere. What each step is and why none can leak or double anything is in
 * docs/decisions/004-slice-reconciler.md.
 */
@Component
class SliceReconciler {

    private static final Logger log = LoggerFactory.getLogger(SliceReconciler.class);

    private final SliceClaims claims;
    private final BringUp bringUp;
    private final KeepUp keepUp;
    private final TakeDown takeDown;
    private final Steps steps;
    private final ProvisioningSettings settings;
    private final Clock clock;

    SliceReconciler(
            SliceClaims claims, BringUp bringUp, KeepUp keepUp, TakeDown takeDown, Steps steps, ProvisioningSettings settings, Clock clock) {
        this.claims = claims;
        this.bringUp = bringUp;
        this.keepUp = keepUp;
        this.takeDown = takeDown;
        this.steps = steps;
        this.settings = settings;
        this.clock = clock;
    }

    /** Does for the slice what can be done now. Does nothing if somebody else is at it, or if it has ended. */
    void reconcile(SliceKey key) {
        steps.at(Step.CLAIM, key);
        Optional<Claim> claim = claims.claim(key, settings.claim(), settings.usable());
        if (claim.isEmpty()) {
            return;
        }
        Work work = new Work(claim.get(), claims, steps, clock);
        Pause pause = bringOn(work);
        work.at(Step.LET_GO);
        claims.letGo(work.claim(), pause.next(), pause.reason(), pause.progress(), pause.failed());
    }

    /** Goes from state to state until there is nothing to do but wait. */
    private Pause bringOn(Work work) {
        try {
            while (true) {
                Optional<Pause> pause = switch (work.slice().state()) {
                    case QUEUED -> bringUp.queued(work);
                    case RESERVED -> bringUp.reserved(work);
                    case PROVISIONING -> bringUp.provisioning(work);
                    case READY -> keepUp.ready(work);
                    case SUSPENDED -> keepUp.suspended(work);
                    case DRAINING -> takeDown.draining(work);
                    case RELEASED, EXPIRED, FAILED -> Optional.of(Pause.forEver(work.slice().standing().reason()));
                };
                if (pause.isPresent()) {
                    return pause.get();
                }
            }
        } catch (ClaimLost e) {
            log.debug("slice {}: {}", work.key(), e.getMessage());
            return Pause.until(Duration.ZERO, work.slice().standing().reason());
        } catch (ClusterFailure e) {
            return later(work, e);
        } catch (RuntimeException e) {
            log.error("slice {} could not be brought on; it is tried again", work.key(), e);
            return Pause.failed(settings.retry(work.claim().attempts()), "Something went wrong on our side; it is tried again.");
        }
    }

    /** Three verbs for what a cluster did not do: later, when somebody has helped, never again by this claim. */
    private Pause later(Work work, ClusterFailure failure) {
        log.info("slice {}: {}", work.key(), failure.sentence());
        Duration retry = settings.retry(work.claim().attempts());
        return switch (failure.kind()) {
            case UNAVAILABLE, CONFLICT, OVER_QUOTA, TERMINATING -> Pause.failed(retry, failure.sentence());
            case BUSY -> Pause.failed(failure.retryAfter() == null ? retry : failure.retryAfter(), failure.sentence());
            case FOREIGN, REFUSED -> Pause.failed(settings.retryMost(), failure.sentence());
            case FENCED -> Pause.until(Duration.ZERO, work.slice().standing().reason());
        };
    }
}
