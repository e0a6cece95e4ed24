package dev.penstock.quota.route;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitField;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.frame.copy.Versioned;
import dev.penstock.quota.upstream.Upstream;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is served. Immutable.
 *
 * @param tenant who holds the endpoint; null: an upstream serves it
 * @param model what callers call it
 * @param shared whether every tenant may call it, and pays for tokens
 * @param engineKey what the engine demands; null: it cannot be read, and nothing can be forwarded
 * @param servedModel what the engine calls it
 * @param maxTokensPerByte null: unknown
 * @param serving false: it exists and answers nothing now
 * @param createdAt when it was first published
 * @param upstream that serves it; null: an engine of ours
 */
public record Route(
        @Nullable TenantId tenant, EndpointId endpoint, long version, @Nullable ProjectId project, String model, boolean shared, URI address, @Nullable String engineKey,
        String engine, String servedModel, Set<ModelTask> tasks, long contextTokens, long maxOutputTokens, @Nullable Integer maxTokensPerByte, String sku,
        boolean serving, Instant createdAt, @Nullable Upstream upstream)
        implements Versioned {

    private static final String OUTSIDE = "upstream";

    public Route {
        tasks = Set.copyOf(tasks);
        if ((tenant == null) != (upstream != null) || (tenant == null) != (project == null)) {
            throw new IllegalArgumentException("an endpoint is a project's, or an upstream serves it");
        }
    }

    /** As callers are told of it, by the engine's word {@link #OUTSIDE}. Every tenant may call it whose data may go there. */
    static Route of(Upstream upstream, UpstreamModel model) {
        return new Route(
                null, Upstream.endpoint(upstream.name(), model.name()), upstream.version(), null, model.name(), true, URI.create(upstream.address().toString()), upstream.key(),
                OUTSIDE, model.servedModel(), Set.copyOf(model.tasks()), model.contextTokens(), model.maxOutputTokens(), model.maxTokensPerByte(), model.sku(), true,
                upstream.madeAt(), upstream);
    }

    /** How its server is spoken to. */
    public UpstreamDialect dialect() {
        return upstream == null ? UpstreamDialect.OPENAI : upstream.dialect();
    }

    /** The one field in which it is told how long an answer may be; empty: the one that the caller used. */
    public Optional<LimitField> limitField() {
        return upstream == null ? Optional.empty() : upstream.model(model).map(UpstreamModel::limitField);
    }

    /** Whose it is. For engines of ours. */
    public TenantId holder() {
        return Objects.requireNonNull(tenant, "an engine of ours is a tenant's");
    }

    /** The same. */
    ProjectId holdingProject() {
        return Objects.requireNonNull(project, "an engine of ours is a project's");
    }

    /** Without the engine's key. */
    @Override
    public String toString() {
        return "Route[endpoint=" + endpoint + ", version=" + version + ", model=" + model + ", address=" + address + ", serving=" + serving + "]";
    }
}
