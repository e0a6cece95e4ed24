package dev.penstock.quota.ledger;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;

/** Whose side of a posting it is. Accounts are a tenant's own: its callers, what it owes us, and the upstreams that worked for it. */
public sealed interface Account {

    /** A project, which pays. */
    record Caller(ProjectId project) implements Account {}

    /** What use is worth at its price, whoever pays it. */
    record Revenue() implements Account {}

    /** What engines produced. */
    record Upstream(EndpointId endpoint) implements Account {}

    /** What is ours to explain and not the caller's to pay. */
    record PlatformLoss() implements Account {}

    /** Its name in the database. */
    default String word() {
        return switch (this) {
            case Caller caller -> "caller";
            case Revenue revenue -> "revenue";
            case Upstream upstream -> "upstream";
            case PlatformLoss loss -> "platform-loss";
        };
    }
}
