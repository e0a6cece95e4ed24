package dev.penstock.contract.quota;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit and its present use. {@code used + setAside} never grows beyond {@code amount} if it is hard. Amounts are in the meter's unit, see {@link LimitSpec}.
 *
 * @param key null: it stands on no key
 * @param person null: it stands on no person
 * @param models the only ones it counts, by the names that callers use, sorted; null: all
 * @param hard false: it refuses nothing
 * @param used what is final
 * @param setAside what is reserved and may still become used or be given back
 * @param periodStart null for {@link Window#NOW} and {@link Window#LIFE}
 * @param resets when the period ends; null for {@link Window#NOW} and {@link Window#LIFE}
 * @param warnings thresholds that were passed in this period, of what now is the amount; minutes, hours and what is held at a moment warn once a day
 */
public record LimitView(
        LimitId id,
        TenantId tenant,
        String tenantName,
        @Nullable ProjectId project,
        @Nullable String projectName,
        @Nullable KeyId key,
        @Nullable String keyName,
        @Nullable String person,
        Meter meter,
        @Nullable String profile,
        @Nullable List<String> models,
        Window window,
        @Nullable BigInteger amount,
        boolean hard,
        @Nullable Integer softPercent,
        BigInteger used,
        BigInteger setAside,
        @Nullable Instant periodStart,
        @Nullable Instant resets,
        List<LimitWarning> warnings) {

    /** What is used or set aside. */
    public BigInteger taken() {
        return used.add(setAside);
    }

    /** Beyond what something is refused; null: nothing is. */
    public @Nullable BigInteger cap() {
        return hard ? amount : null;
    }
}
