package dev.penstock.quota.gateway.balance;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often another target may be asked after one failed: once for ten calls, and ten times before that. When everything fails, trying again
 * only doubles what fails.
 */
public final class RetryBudget {

    private static final long ONE = 10;
    private static final long MOST = 10 * ONE;

    private final AtomicLong tenths = new AtomicLong(MOST);

    /** A call came. */
    public void earn() {
        tenths.updateAndGet(now -> Math.min(MOST, now + 1));
    }

    /** Whether another may be asked now; then it is spent. */
    public boolean spend() {
        return tenths.getAndUpdate(now -> now >= ONE ? now - ONE : now) >= ONE;
    }
}
