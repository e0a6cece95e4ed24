package dev.penstock.contract.platform;

import java.net.URI;
import java.time.Instant;

/**
 * Lets one person into one workspace, once.
 *
 * @param address to be opened in the person's browser; it holds a secret
 * @param until when it is worthless if it was not used
 */
public record WorkspaceTicket(URI address, Instant until) {

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "WorkspaceTicket[until=" + until + "]";
    }
}
