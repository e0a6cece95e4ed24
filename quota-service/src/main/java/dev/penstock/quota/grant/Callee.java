package dev.penstock.quota.grant;

import dev.penstock.quota.alias.Alias;
import dev.penstock.quota.route.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a name stands for to who called it.
 *
 * @param alias null: the name is a model's own
 * @param targets one or more, all of which the holder may call
 */
public record Callee(@Nullable Alias alias, List<Target> targets) {

    /** @param tier asked only when none of a lower tier can be */
    public record Target(Route route, int tier, int weight) {}

    public Callee {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a name that stands for nothing");
        }
    }
}
