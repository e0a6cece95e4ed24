package dev.penstock.quota.journal;

import java.util.Locale;

/** Why an attempt ended. */
public enum Cause {
    /** The upstream answered to the end. */
    COMPLETED,
    /** The caller went away. */
    CLIENT_GONE,
    /** The upstream could not be reached, or answered an error before anything was relayed. */
    UPSTREAM_FAILED,
    /** The upstream broke off after something was relayed. */
    UPSTREAM_BROKE_OFF,
    /** It took longer than it may. */
    TIMED_OUT,
    /** We stopped. */
    SHUT_DOWN,
    /** It was admitted, and nobody learnt of it in time to forward it. */
    NOT_FORWARDED,
    /** Nobody told its end, and the replica that may know is not there: settled at its bound. */
    NEVER_SETTLED,
    /** The replica died in the middle of it: settled at the last count it had read. */
    KILLED;

    /** As it stands in the database and in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
