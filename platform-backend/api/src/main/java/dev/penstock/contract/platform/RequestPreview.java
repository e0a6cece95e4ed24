package dev.penstock.contract.platform;

import dev.penstock.contract.GpuTime;
import java.util.List;

/**
 * @param outcome the worst of the checks
 * @param approvers who would have to agree, in words; empty when policy approves at once
 * @param free parts of the profile nobody holds now
 */
public record RequestPreview(PolicyCheck.Result outcome, List<PolicyCheck> checks, String approvers, GpuTime gpuTime, int free) {}
