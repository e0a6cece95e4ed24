package dev.penstock.platform.queue;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * @param queue everybody who waits, in the order in which they get a part
 * @param givingBack who has to give back for somebody below their guarantee
 */
public record Decision(List<Place> queue, List<Held> givingBack) {

    public Decision {
        queue = List.copyOf(queue);
        givingBack = List.copyOf(givingBack);
    }

    public Optional<Place> place(TenantId tenant, SliceId slice) {
        return queue.stream().filter(place -> is(place, tenant, slice)).findFirst();
    }

    /** From 1; empty: it does not wait. */
    public OptionalInt position(TenantId tenant, SliceId slice) {
        return IntStream.range(0, queue.size()).filter(index -> is(queue.get(index), tenant, slice)).map(index -> index + 1).findFirst();
    }

    /** Whether anything is kept for, or goes this moment to, somebody within their guarantee. */
    public boolean guaranteesServed() {
        return queue.stream().anyMatch(place -> place.guaranteed() && place.turn() != Place.Turn.LATER);
    }

    private static boolean is(Place place, TenantId tenant, SliceId slice) {
        return place.slice().slice().equals(slice) && place.slice().tenant().equals(tenant);
    }
}
