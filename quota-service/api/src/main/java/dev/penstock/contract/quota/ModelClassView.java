package dev.penstock.contract.quota;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What data a model of the tenant's is given.
 *
 * @param version 0: never declared
 * @param takes the highest class; null: never declared, so it is given everything
 */
public record ModelClassView(
        EndpointId endpoint, String model, ProjectId project, String projectName, int version, @Nullable DataClass takes, @Nullable String madeBy,
        @Nullable Instant madeAt, @Nullable String reason) {}
