package dev.penstock.contract.quota;

import dev.penstock.contract.ProjectId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param version 0: nobody ever said anything
 * @param mayChange whether who asks may make the next version
 */
public record SteeringView(
        ProjectId project, String projectName, int version, List<SteeringRule> rules, @Nullable Ladder ladder, @Nullable String madeBy, @Nullable Instant madeAt,
        @Nullable String reason, boolean mayChange) {}
