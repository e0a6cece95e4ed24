package dev.penstock.platform.provisioning;

import dev.penstock.contract.ProjectId;
import dev.penstock.platform.slice.Claim;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.Slice.Transition;
import dev.penstock.platform.slice.SliceClaims;
import dev.penstock.platform.slice.SliceKey;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One claim being worked on by one thread: the slice as last written, and the announcement of each step. */
final class Work {

    private final SliceClaims claims;
    private final Steps steps;
    private final Clock clock;
    private Claim claim;

    Work(Claim claim, SliceClaims claims, Steps steps, Clock clock) {
        this.claim = claim;
        this.claims = claims;
        this.steps = steps;
        this.clock = clock;
    }

    Claim claim() {
        return claim;
    }

    Slice slice() {
        return claim.slice();
    }

    SliceKey key() {
        return claim.key();
    }

    ProjectId project() {
        return claim.slice().approved().project();
    }

    /** Announces a step that stays within the database, where the fence guards it. */
    void at(Step step) {
        steps.at(step, key());
    }

    /** Announces a step that reaches beyond the database: not begun if the claim might end meanwhile. */
    void outside(Step step) {
        at(step);
        claim.mustHold(clock.instant());
    }

    /** Writes a verb's transition. */
    void advance(Step step, Function<Slice, Transition> verb) {
        at(step);
        claim = claims.advance(claim, verb);
    }

    /** Replaces the claim by what {@code change} made of it. */
    void now(UnaryOperator<Claim> change) {
        claim = change.apply(claim);
    }
}
