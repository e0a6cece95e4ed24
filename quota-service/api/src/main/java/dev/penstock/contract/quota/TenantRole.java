package dev.penstock.contract.quota;

/** What a member may do in a tenant or one project. */
public enum TenantRole {
    /** Asks for slices and holds them. */
    MEMBER,
    /** Also decides requests of others, and manages members and projects of the tenant. */
    OWNER
}
