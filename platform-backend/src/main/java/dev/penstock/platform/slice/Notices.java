package dev.penstock.platform.slice;

import java.time.Duration;

/**
 * How whoever borrowed a part is asked to give it back.
 *
 * @param workspace how long before a workspace is stopped
 * @param endpoint how long before a model server is stopped: others call it
 * @param afterRefusal for how long nobody is stopped for a slice that quota-service refused
 */
public record Notices(Duration workspace, Duration endpoint, Duration afterRefusal) {

    public Notices {
        if (workspace.isNegative() || endpoint.isNegative() || afterRefusal.isNegative()) {
            throw new IllegalArgumentException("times are not negative: " + workspace + ", " + endpoint + ", " + afterRefusal);
        }
    }

    Duration of(boolean serving) {
        return serving ? endpoint : workspace;
    }
}
