package dev.penstock.contract.platform;

import java.time.Instant;

/** @param changedBy who last changed it */
public record WorkspaceImageView(
        String id, WorkspaceKind kind, String title, String reference, boolean offered, String changedBy, Instant changedAt) {}
