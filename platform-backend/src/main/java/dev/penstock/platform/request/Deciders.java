package dev.penstock.platform.request;

import dev.penstock.platform.access.Access;
import dev.penstock.platform.delegation.Delegations;
import org.springframework.stereotype.Component;

/** Who may decide a request: on a right of their own, or else in the place of somebody who has it. */
@Component
class Deciders {

    private final Access access;
    private final Delegations delegations;

    Deciders(Access access, Delegations delegations) {
        this.access = access;
        this.delegations = delegations;
    }

    /**
     * In the running transaction, by the caller.
     *
     * @throws dev.penstock.frame.problem.ProblemException {@code not_found}, {@code own_request} or {@code not_allowed}
     */
    Decider require(SliceRequest request) {
        String caller = access.caller().subject();
        if (access.mayDecide(request.matter())) {
            return new Decider(caller, null);
        }
        return delegations.use(request.matter())
                .map(used -> new Decider(caller, used.delegator().subject()))
                .orElseGet(() -> {
                    access.requireMayDecide(request.matter());
                    return new Decider(caller, null);
                });
    }
}
