package dev.penstock.quota.gateway.balance;

/** A call at a target. Told when the target is first heard, and once how it ended. */
public final class Try {

    /** What a call's end says of the target. */
    public enum End {
        /** It answered; also that it does not accept the request. */
        ANSWERED,
        /** It did not, or broke off. */
        FAILED,
        /** Nothing: the client went away, or we stop. */
        UNKNOWN
    }

    private final Standing standing;
    private final Pace pace;
    private final long begunAt;

    Try(Standing standing, Pace pace, long begunAt) {
        this.standing = standing;
        this.pace = pace;
        this.begunAt = begunAt;
    }

    /** More than once does nothing. */
    public void heard() {
        standing.heard(this);
    }

    public void ended(End how) {
        standing.ended(this, how);
    }

    Pace pace() {
        return pace;
    }

    long begunAt() {
        return begunAt;
    }
}
