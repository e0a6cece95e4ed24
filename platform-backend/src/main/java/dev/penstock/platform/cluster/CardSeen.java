package dev.penstock.platform.cluster;

/**
 * A GPU as HAMi registers it on its node.
 *
 * @param pods among how many it may be divided
 * @param memoryMib memory it gives out
 * @param cores computing it gives out, of a hundred
 * @param healthy false: HAMi places nothing on it
 * @param mode how it is divided: {@code hami-core}, by a library in the container; {@code mig}, cut anew for each pod; empty: it does not
 *     say, as before there was a choice
 */
public record CardSeen(String id, int pods, int memoryMib, int cores, boolean healthy, String mode) {

    /** How many equal shares it can hold: what is least of memory, cores and places decides. */
    public int holds(int ofMemory, int ofCores) {
        boolean whole = mode.isEmpty() || mode.equals("hami-core");
        return healthy && whole ? Math.min(pods, Math.min(memoryMib / ofMemory, cores / ofCores)) : 0;
    }
}
