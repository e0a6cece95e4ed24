package dev.penstock.contract.quota;

/** How much harm is done if data is seen outside of the house, rising. What a project's calls may carry, and what an upstream may be given. */
public enum DataClass {
    PUBLIC,
    INTERNAL,
    CONFIDENTIAL,
    RESTRICTED;

    /** Whether data of the other class may go where data of this class may go. */
    public boolean covers(DataClass other) {
        return compareTo(other) >= 0;
    }
}
