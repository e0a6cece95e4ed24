package dev.penstock.contract.quota;

import java.util.List;

/**
 * @param rows newest first
 * @param more whether there are older ones
 * @param counted all refusals of the last 24 hours, by what they were, most first; more than there are rows where many came at once
 */
public record RefusalPage(List<RefusalView> rows, boolean more, List<RefusalCount> counted) {}
