package dev.penstock.quota.route;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.Versioned;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is served. Immutable.
 *
 * @param tenant who holds the endpoint
 * @param model what callers call it
 * @param shared whether every tenant may call it, and pays for tokens
 * @param engineKey what the engine demands; null: it cannot be read, and nothing can be forwarded
 * @param servedModel what the engine calls it
 * @param maxTokensPerByte null: unknown
 * @param serving false: it exists and answers nothing now
 * @param createdAt when it was first published
 */
public record Route(
        TenantId tenant, EndpointId endpoint, long version, ProjectId project, String model, boolean shared, URI address, @Nullable String engineKey,
        String engine, String servedModel, Set<ModelTask> tasks, long contextTokens, long maxOutputTokens, @Nullable Integer maxTokensPerByte, String sku,
        boolean serving, Instant createdAt)
        implements Versioned {

    public Route {
        tasks = Set.copyOf(tasks);
    }

    /** Without the engine's key. */
    @Override
    public String toString() {
        return "Route[endpoint=" + endpoint + ", version=" + version + ", model=" + model + ", address=" + address + ", serving=" + serving + "]";
    }
}
