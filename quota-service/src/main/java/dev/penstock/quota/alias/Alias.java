package dev.penstock.quota.alias;

import dev.penstock.contract.quota.AliasTarget;
import dev.penstock.contract.quota.AliasView;
import dev.penstock.contract.quota.RoutingStrategy;
import dev.penstock.frame.copy.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * A name that stands for several models. Immutable, and so is every version of it.
 *
 * @param version from 1, without gaps
 * @param targets in the order that whoever made it gave them; none: it is withdrawn
 */
public record Alias(String name, long version, RoutingStrategy strategy, List<AliasTarget> targets, String madeBy, Instant madeAt) implements Versioned {

    public Alias {
        targets = List.copyOf(targets);
    }

    boolean withdrawn() {
        return targets.isEmpty();
    }

    AliasView view() {
        return new AliasView(name, Math.toIntExact(version), strategy, targets, madeBy, madeAt);
    }
}
