package dev.penstock.quota.usage;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What rows come to that are of one quarter hour and alike in everything that is told apart later. Exact. Pure.
 *
 * @param calls first attempts: a call that is tried again is still one call
 * @param cost in 10⁻¹² of the currency
 */
record RollUp(
        long calls, long attempts, long failed, long estimated, BigInteger input, BigInteger cacheRead, BigInteger cacheWrite, BigInteger output, BigInteger reasoning,
        BigInteger cost,
        Speed speed) {

    /** What is told apart. */
    record Key(Instant bucket, ProjectId project, @Nullable KeyId key, @Nullable Integer person, EndpointId endpoint, int model, int priceVersion) {

        static Key of(UsageRow row) {
            return new Key(Buckets.quarterHour(row.ts()), row.project(), row.key(), row.person(), row.endpoint(), row.model(), row.priceVersion());
        }
    }

    static RollUp of(UsageRow row) {
        return new RollUp(
                row.attempt() == 0 ? 1 : 0, 1, row.failed() ? 1 : 0, row.estimated() ? 1 : 0, BigInteger.valueOf(row.tokens().input()),
                BigInteger.valueOf(row.tokens().cacheRead()), BigInteger.valueOf(row.tokens().cacheWrite()), BigInteger.valueOf(row.tokens().output()),
                BigInteger.valueOf(row.reasoning()), row.cost(), Speed.of(row));
    }

    RollUp plus(RollUp other) {
        return new RollUp(
                calls + other.calls, attempts + other.attempts, failed + other.failed, estimated + other.estimated, input.add(other.input),
                cacheRead.add(other.cacheRead), cacheWrite.add(other.cacheWrite), output.add(other.output), reasoning.add(other.reasoning), cost.add(other.cost), speed.plus(other.speed));
    }
}
