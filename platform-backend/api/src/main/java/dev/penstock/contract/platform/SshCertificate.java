package dev.penstock.contract.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param certificate a line for a file that ends with {@code -cert.pub}, beside the key
 * @param principal the only name that it is good for: that of the workspace
 * @param serial what the server of the workspace writes into its log, and the audit trail
 * @param command what leads to the workspace by the entrance of this installation; null: it has none
 */
public record SshCertificate(String certificate, String principal, long serial, Instant until, @Nullable String command) {}
