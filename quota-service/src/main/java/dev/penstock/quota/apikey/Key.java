package dev.penstock.quota.apikey;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that holds now.
 *
 * @param models the only ones it may call; null: all that its project may
 * @param scope what it may be used for besides, and from where
 */
public record Key(KeyId id, TenantId tenant, ProjectId project, @Nullable Set<String> models, KeyScope scope) {}
