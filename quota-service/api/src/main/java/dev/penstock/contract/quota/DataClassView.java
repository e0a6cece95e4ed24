package dev.penstock.contract.quota;

import dev.penstock.contract.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param version 0: never declared
 * @param dataClass null: nothing is declared, so nothing of the project leaves the house. With a version, what was declared ended when the project moved
 *     to another tenant.
 */
public record DataClassView(
        ProjectId project, String projectName, int version, @Nullable DataClass dataClass, @Nullable String madeBy, @Nullable Instant madeAt, @Nullable String reason) {}
