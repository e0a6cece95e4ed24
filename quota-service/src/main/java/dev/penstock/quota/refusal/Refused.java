package dev.penstock.quota.refusal;

import dev.penstock.contract.CallId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.RefusedBy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A call that was refused; as {@link dev.penstock.contract.quota.RefusalView}. */
public record Refused(
        CallId call, Instant at, TenantId tenant, ProjectId project, @Nullable KeyId key, @Nullable String person, String operation, @Nullable String model, int status,
        @Nullable String code, @Nullable String message, @Nullable RefusedBy rule) {}
