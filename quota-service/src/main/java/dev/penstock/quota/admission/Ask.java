package dev.penstock.quota.admission;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Egress;
import dev.penstock.contract.quota.Steered;
import dev.penstock.quota.journal.Attempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that asks to spend.
 *
 * @param number of the attempt, from 0
 * @param ts the time inside the call's id, to the millisecond; decides the periods it counts in and its price
 * @param deadline when the attempt has ended for certain, whatever happens
 */
public record Ask(CallId call, int number, Instant ts, Caller caller, Target target, Bound bound, CallPath path, Instant deadline) {

    /**
     * @param key what the caller called with; null for a person's own sign-in
     * @param person the subject of the sign-in; null for a key
     */
    public record Caller(TenantId tenant, ProjectId project, @Nullable KeyId key, @Nullable String person) {

        public Caller {
            if ((key == null) == (person == null)) {
                throw new IllegalArgumentException("a call is made with a key or by a person");
            }
        }
    }

    /**
     * @param model as the caller named it
     * @param sku under which its tokens are priced
     * @param shared whether its tokens cost something
     * @param contextTokens what the model can hold at most
     * @param egress that it leaves the house; null: an engine of ours
     * @param steered that it is not what the caller asked for; null: it is
     */
    public record Target(
            EndpointId endpoint, String model, String sku, boolean shared, long contextTokens, @Nullable Egress egress, @Nullable Steered steered) {

        public Target {
            if (contextTokens < 1) {
                throw new IllegalArgumentException("a context of " + contextTokens + " at " + endpoint);
            }
        }

        /** In the house, and as the caller asked. */
        public Target(EndpointId endpoint, String model, String sku, boolean shared, long contextTokens) {
            this(endpoint, model, sku, shared, contextTokens, null, null);
        }
    }

    /**
     * The most tokens the attempt can use: a true bound, which the engine enforces for the output.
     *
     * @param answers asked for one prompt; an engine may count the prompt once for each of them
     */
    public record Bound(long inputTokens, long outputTokens, int answers) {

        /** More is refused before it gets here; sums of bounds stay far from 63 bits. */
        public static final long MOST = 1L << 40;

        public Bound {
            if (inputTokens < 0 || outputTokens < 0 || inputTokens > MOST || outputTokens > MOST) {
                throw new IllegalArgumentException("bound of " + inputTokens + " and " + outputTokens + " tokens");
            }
            if (answers < 1 || answers > Short.MAX_VALUE) {
                throw new IllegalArgumentException(answers + " answers to one prompt");
            }
        }

        /** One answer. */
        public Bound(long inputTokens, long outputTokens) {
            this(inputTokens, outputTokens, 1);
        }
    }

    public Ask {
        if (!ts.equals(timeOf(call))) {
            throw new IllegalArgumentException("call " + call + " is not of " + ts);
        }
        if (!deadline.isAfter(ts)) {
            throw new IllegalArgumentException("call " + call + " of " + ts + " would have to end at " + deadline);
        }
    }

    public Attempt attempt() {
        return new Attempt(caller.tenant(), call, number);
    }

    /**
     * The time inside a UUIDv7.
     *
     * @throws IllegalArgumentException for a UUID of another version
     */
    public static Instant timeOf(CallId call) {
        if (call.value().version() != 7) {
            throw new IllegalArgumentException("not a UUIDv7: " + call);
        }
        return Instant.ofEpochMilli(call.value().getMostSignificantBits() >>> 16);
    }
}
