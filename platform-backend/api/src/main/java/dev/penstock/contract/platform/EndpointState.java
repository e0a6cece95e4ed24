package dev.penstock.contract.platform;

/** Where an endpoint stands. */
public enum EndpointState {
    /** Somebody has to agree to its slice. */
    REQUESTED,
    /** Waits for a part of a GPU or for quota. */
    QUEUED,
    /** Being placed, pulled and loaded. */
    STARTING,
    READY,
    /** Was ready and does not answer now; it comes back or is brought up anew. */
    UNHEALTHY,
    STOPPING,
    /** Holds nothing and costs nothing; it can be started. */
    STOPPED,
    DELETING,
    DELETED,
    /** Cannot run as it is; the reason says why. */
    FAILED;

    /** Whether it still holds anything or anything is wanted of anybody. */
    public boolean live() {
        return switch (this) {
            case REQUESTED, QUEUED, STARTING, READY, UNHEALTHY, STOPPING, DELETING -> true;
            case STOPPED, DELETED, FAILED -> false;
        };
    }
}
