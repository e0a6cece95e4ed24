package dev.penstock.frame.jobs;

import java.util.Locale;

/** What a database transaction is for. Each has a role, grants, policies and a pool of its own. */
public enum Job {
    /** A person's request within one tenant. */
    WEB,
    /** Reads over all tenants, for administrators, auditors and finance. */
    ORG,
    /** Reconcilers and timers of the control plane. */
    RECONCILE,
    /** Who may see what, and the change feed. */
    SNAPSHOT,
    /** What the control plane registers and reserves at quota-service. */
    RESERVE,
    /** Seals the audit trail. */
    SEAL,
    /** Admits calls and settles them. */
    SETTLE;

    /** Its name in the settings. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
