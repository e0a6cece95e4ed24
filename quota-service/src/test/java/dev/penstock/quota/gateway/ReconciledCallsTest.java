package dev.penstock.quota.gateway;

import dev.penstock.quota.RunningService;

/** Each is admitted by a transaction: what is open stands in the database. */
class ReconciledCallsTest extends ReconciledCalls {

    ReconciledCallsTest() {
        super(RunningService.get());
    }
}
