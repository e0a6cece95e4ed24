package dev.penstock.platform.geometry;

/**
 * A partition at its place.
 *
 * @param start its first memory slot
 */
public record Placement(MigProfile profile, int start) {

    public Placement {
        if (!profile.starts().contains(start)) {
            throw new IllegalArgumentException(profile.name() + " cannot begin at " + start + ", only at " + profile.starts());
        }
    }

    int slots() {
        return profile.slots(start);
    }
}
