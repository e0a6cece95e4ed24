package dev.penstock.contract.platform;

import java.time.Instant;

/**
 * @param certificate a line for a file that ends with {@code -cert.pub}, beside the key
 * @param principal the only name that it is good for: that of the workspace
 * @param serial what the server of the workspace writes into its log, and the audit trail
 */
public record SshCertificate(String certificate, String principal, long serial, Instant until) {}
