package dev.penstock.platform.queue;

import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One kind of part at one moment: all that {@link FairShare} decides on.
 *
 * @param kind where it is found and how much of a GPU one is
 * @param space what is free beside what is held, anew each time it is asked for
 * @param terms by tenant; {@link Terms#NONE} for who is missing
 * @param calendar what is offered in all, and reserved from moments to come
 * @param now the moment
 * @param earliest when somebody who is told now would have to give back
 */
public record Picture(
        Kind kind, Supplier<? extends Space> space, List<Held> held, List<Waiting> waiting, Map<TenantId, Terms> terms, Calendar calendar, Instant now,
        Instant earliest) {

    /**
     * @param device on which it is found
     * @param parts of 840 of a GPU
     * @param alike whether any free part will do for any tenant: not where a node is one tenant's
     * @param deviceParts what all devices offer in all, in parts of 840, by device
     */
    public record Kind(String device, int parts, boolean alike, Map<String, Long> deviceParts) {

        public Kind {
            deviceParts = Map.copyOf(deviceParts);
        }
    }

    public Picture {
        held = List.copyOf(held);
        waiting = List.copyOf(waiting);
        terms = Map.copyOf(terms);
    }

    Terms termsOf(TenantId tenant) {
        return terms.getOrDefault(tenant, Terms.NONE);
    }
}
