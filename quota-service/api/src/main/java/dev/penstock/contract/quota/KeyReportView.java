package dev.penstock.contract.quota;

import java.util.List;

/**
 * @param days without a use, or since the secret was made, from which on a key is listed; 0 where nothing is waited for
 * @param keys the oldest first; at most 500
 */
public record KeyReportView(KeyReport report, long days, List<KeyView> keys) {}
