package dev.penstock.quota.allotment;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.LimitId;

/**
 * Somebody was short of a limit of which this allotment holds something.
 *
 * @param number of the recall; it grows
 */
public record Recall(TenantId tenant, LimitId limit, long allotment, long number) {}
