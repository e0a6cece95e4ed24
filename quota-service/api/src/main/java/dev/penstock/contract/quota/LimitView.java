package dev.penstock.contract.quota;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A limit and its present use. {@code used + setAside} never grows beyond {@code amount}. Amounts are in the meter's unit, see {@link LimitSpec}.
 *
 * @param key null: it stands on the project, or on the tenant
 * @param used what is final
 * @param setAside what is reserved and may still become used or be given back
 * @param periodStart null for {@link Window#NOW} and {@link Window#LIFE}
 * @param resets when the period ends; null for {@link Window#NOW} and {@link Window#LIFE}
 */
public record LimitView(
        LimitId id,
        TenantId tenant,
        String tenantName,
        @Nullable ProjectId project,
        @Nullable String projectName,
        @Nullable KeyId key,
        @Nullable String keyName,
        Meter meter,
        @Nullable String profile,
        Window window,
        @Nullable BigInteger amount,
        @Nullable Integer softPercent,
        BigInteger used,
        BigInteger setAside,
        @Nullable Instant periodStart,
        @Nullable Instant resets) {

    /** What is used or set aside. */
    public BigInteger taken() {
        return used.add(setAside);
    }
}
