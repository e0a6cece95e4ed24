package dev.penstock.platform.queue;

import dev.penstock.contract.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is free of a kind of part, while it is handed out on paper. Whoever fits by number may not fit on any node. */
public interface Space {

    /** How many parts, wherever they are; none if more is held than there is. */
    int free();

    /**
     * Takes a place for a slice, if there is one.
     *
     * @param within the only cluster that will do; null: any
     * @return the cluster of the place; empty: there is none
     */
    Optional<String> take(TenantId tenant, int size, @Nullable String within);

    /** Takes parts out of what is free, for a slice that has no place yet; never more than are free. */
    void keep(int count);
}
