package dev.penstock.platform.queue;

import dev.penstock.contract.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each tenant uses of its guarantee and what it has borrowed beyond, while {@link FairShare} hands out and takes back on paper.
 *
 * <p>A slice is guaranteed if it lies in the tenant's guarantee as a whole. One that only begins in it is borrowed: then what is guaranteed
 * never adds up to more than was promised, and every promise can be kept. What is reserved is neither: it was promised beside the guarantees.
 */
final class Balance {

    private final Picture picture;
    private final Map<TenantId, Integer> used = new HashMap<>();
    private final Map<TenantId, Integer> borrowed = new HashMap<>();
    private final List<Held> borrowing = new ArrayList<>();

    Balance(Picture picture) {
        this.picture = picture;
        picture.held().stream().filter(held -> held.motion() != Held.Motion.GOING && !held.isBooked(picture.now())).sorted(Held.COVERED_FIRST).forEach(held -> {
            if (!cover(held.tenant(), held.size())) {
                borrow(held.tenant(), held.size());
                borrowing.add(held);
            }
        });
    }

    /** Slices that lie beyond their tenant's guarantee and stay. */
    List<Held> borrowing() {
        return borrowing;
    }

    /** Counts it in the tenant's guarantee, if it lies within as a whole. */
    boolean cover(TenantId tenant, int size) {
        int then = used.getOrDefault(tenant, 0) + size;
        boolean within = then <= picture.termsOf(tenant).guaranteed();
        if (within) {
            used.put(tenant, then);
        }
        return within;
    }

    /** It does not use the guarantee after all. */
    void uncover(TenantId tenant, int size) {
        used.merge(tenant, -size, Integer::sum);
    }

    void borrow(TenantId tenant, int size) {
        borrowed.merge(tenant, size, Integer::sum);
    }

    void giveBack(TenantId tenant, int size) {
        borrowed.merge(tenant, -size, Integer::sum);
    }

    /**
     * The tenant's dominant share: of the device of which it has borrowed most (Ghodsi and others, "Dominant Resource Fairness", NSDI 2011),
     * divided by its weight.
     */
    Share of(TenantId tenant) {
        Terms terms = picture.termsOf(tenant);
        Picture.Kind kind = picture.kind();
        Map<String, Long> parts = new HashMap<>(terms.borrowedElsewhere());
        parts.merge(kind.device(), (long) borrowed.getOrDefault(tenant, 0) * kind.parts(), Long::sum);
        return parts.entrySet().stream()
                .map(entry -> new Share(entry.getValue(), Math.max(1, kind.deviceParts().getOrDefault(entry.getKey(), 1L)) * terms.weight()))
                .max(Share::compareTo)
                .orElse(Share.NONE);
    }
}
