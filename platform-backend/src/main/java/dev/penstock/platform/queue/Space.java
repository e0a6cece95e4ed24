package dev.penstock.platform.queue;

import dev.penstock.contract.TenantId;

/** What is free of a kind of part, while it is handed out on paper. Whoever fits by number may not fit on any node. */
public interface Space {

    /** How many parts, wherever they are; none if more is held than there is. */
    int free();

    /** Takes a place for a slice, if there is one. */
    boolean take(TenantId tenant, int size);

    /** Takes parts out of what is free, for a slice that has no place yet; never more than are free. */
    void keep(int count);
}
