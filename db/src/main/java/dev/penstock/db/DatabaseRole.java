package dev.penstock.db;

import java.util.Locale;

/** The login roles: one per job, each with a pool, grants and policies of its own. None owns a table or bypasses row-level security. */
public enum DatabaseRole {
    /** Requests of people, in one tenant. */
    PLATFORM_WEB,
    /** Reads of administrators, auditors and finance over all tenants. */
    PLATFORM_ORG,
    /** Reconcilers and timers. */
    PLATFORM_RECONCILE,
    /** Who may see what, and the change feed. */
    PLATFORM_SNAPSHOT,
    QUOTA_WEB,
    QUOTA_ORG,
    /** What platform-backend registers and reserves. */
    QUOTA_RESERVE,
    QUOTA_SNAPSHOT,
    /** Seals the audit trail. */
    QUOTA_SEAL,
    /** Admits calls and settles them. */
    QUOTA_SETTLE;

    /** Its name in PostgreSQL. */
    public String roleName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
