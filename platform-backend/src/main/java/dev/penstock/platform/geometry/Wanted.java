package dev.penstock.platform.geometry;

/**
 * Somebody who waits for a partition.
 *
 * @param id of the slice
 * @param device whose table has the profile
 * @param parts what a partition of the profile is worth: parts of a GPU, in the unit in which GPU time is counted
 */
public record Wanted(String id, String device, String profile, int parts) {

    public Wanted {
        if (parts < 1) {
            throw new IllegalArgumentException(id + " wants " + parts + " parts");
        }
    }
}
