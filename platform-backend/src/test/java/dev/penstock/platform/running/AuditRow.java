package dev.penstock.platform.running;

import org.jspecify.annotations.Nullable;

/** One entry of the trail. */
public record AuditRow(
        String actor, String actorKind, String action, String outcome, @Nullable String reason, @Nullable String before, @Nullable String after, @Nullable String tenant) {}
