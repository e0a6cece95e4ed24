package dev.penstock.contract.platform;

/** What a person may do across all tenants, by groups named in the configuration. */
public enum OrganisationRole {
    /** Sets quotas, decides requests, manages tenants. */
    ADMIN,
    /** Reads everything and proves the trail; changes nothing. */
    AUDITOR,
    /** Reads use and cost; changes nothing. */
    FINANCE
}
