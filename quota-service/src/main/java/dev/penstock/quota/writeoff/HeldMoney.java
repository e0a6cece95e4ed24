package dev.penstock.quota.writeoff;

import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one tenant can have cost at most that took from what a replica held of limits on money. Pure.
 *
 * <p>A call takes its bound from every limit that counts it, so the parts must not be added up as they are:
 *
 * <pre>
 * of one node, for a day and for a month        the same calls: the smaller of the two
 * of a project, and of its tenant               the tenant's counts all that the project's does: the tenant's alone
 * for some models, and for all                  the one for all models alone
 * of two projects of a tenant that has none     different calls: both
 * </pre>
 *
 * <p>Nobody knows how much of it is idle, so it is a bound, and never too low for what these limits count.
 */
final class HeldMoney {

    /**
     * @param above the nodes above that one
     * @param models the only ones it counts; null: all
     * @param amount held of all its periods together
     */
    record Part(UUID node, Set<UUID> above, @Nullable Set<String> models, BigInteger amount) {}

    private record Counted(UUID node, @Nullable Set<String> models) {}

    private HeldMoney() {}

    static BigInteger atMost(Collection<Part> parts) {
        Set<UUID> whole = new HashSet<>();
        parts.stream().filter(part -> part.models() == null).forEach(part -> whole.add(part.node()));
        Map<Counted, BigInteger> counted = new HashMap<>();
        parts.stream().filter(part -> !isCovered(part, whole)).forEach(part -> counted.merge(new Counted(part.node(), part.models()), part.amount(), BigInteger::min));
        return counted.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** By a limit that counts all that this one does. */
    private static boolean isCovered(Part part, Set<UUID> whole) {
        return part.models() != null && whole.contains(part.node()) || part.above().stream().anyMatch(whole::contains);
    }
}
