package dev.penstock.quota.grant;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.quota.apikey.KeyScope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever calls, and for which project.
 *
 * @param key null: a person calls by their own sign-in
 * @param person the subject of the sign-in; null: a key
 * @param models the only ones that the key may call; null: all that the project may
 * @param scope what the key may be used for besides, and from where
 */
public record Holder(TenantId tenant, ProjectId project, @Nullable KeyId key, @Nullable String person, @Nullable Set<String> models, KeyScope scope) {

    public Holder {
        if ((key == null) == (person == null)) {
            throw new IllegalArgumentException("a call is made with a key or by a person");
        }
        models = models == null ? null : Set.copyOf(models);
    }

    boolean mayCall(String model) {
        return models == null || models.contains(model);
    }
}
