package dev.penstock.contract.platform;

/** Where a slice stands; {@code RELEASED}, {@code EXPIRED} and {@code FAILED} are final. */
public enum SliceState {
    /** Approved; waits for quota or for a free part. */
    QUEUED,
    /** Quota and capacity are set aside. */
    RESERVED,
    /** Its objects are on the cluster and come up. */
    PROVISIONING,
    READY,
    /** Taken down until somebody resumes it: it holds no part, and its quota stays set aside. */
    SUSPENDED,
    /** Is being taken down, for good or to be suspended or queued again. */
    DRAINING,
    RELEASED,
    /** Its lease ended. */
    EXPIRED,
    FAILED;

    /** Whether it still holds or wants anything. */
    public boolean live() {
        return switch (this) {
            case QUEUED, RESERVED, PROVISIONING, READY, SUSPENDED, DRAINING -> true;
            case RELEASED, EXPIRED, FAILED -> false;
        };
    }
}
