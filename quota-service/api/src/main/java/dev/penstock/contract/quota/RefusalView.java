package dev.penstock.contract.quota;

import dev.penstock.contract.CallId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call that was refused. Nothing of what it said is kept.
 *
 * @param key null: a person's own call
 * @param person null: a key's
 * @param operation as keys name it
 * @param model as it was asked for, or what it had become by then; null: it was refused before that was known
 * @param status that the client got
 * @param code null: the status says all
 * @param message that the client got; null: it was the model's server's, whose words are not kept
 * @param rule the limit that refused; null: it was none
 */
public record RefusalView(
        CallId call,
        Instant at,
        TenantId tenant,
        ProjectId project,
        String projectName,
        @Nullable KeyId key,
        @Nullable String keyName,
        @Nullable String person,
        String operation,
        @Nullable String model,
        int status,
        @Nullable String code,
        @Nullable String message,
        @Nullable RefusedBy rule) {}
