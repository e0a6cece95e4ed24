package dev.penstock.quota.reconciliation;

import dev.penstock.contract.CallId;
import dev.penstock.contract.TenantId;

/**
 * An attempt of which the engine may have counted something else than was booked.
 *
 * @param repeats of the prompt, counted again for each further answer
 * @param less at most so many fewer than booked
 * @param more at most so many more
 */
record OpenEnd(TenantId tenant, CallId call, int attempt, long repeats, Amount less, Amount more) {}
