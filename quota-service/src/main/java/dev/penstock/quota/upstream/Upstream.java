package dev.penstock.quota.upstream;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.frame.copy.Versioned;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server outside of the house. Immutable, and so is every version of it.
 *
 * @param version from 1, without gaps
 * @param takes the highest class of data that it may be given; a model may be given less
 * @param mostUnderWay calls that one replica sends it at once, at most
 * @param models none: it is withdrawn
 * @param key what it demands; null: there is none that can be read, and nothing can be forwarded
 */
public record Upstream(
        String name, long version, UpstreamAddress address, UpstreamDialect dialect, DataClass takes, int mostUnderWay, List<UpstreamModel> models, String madeBy,
        Instant madeAt, @Nullable String key)
        implements Versioned {

    public Upstream {
        models = List.copyOf(models);
    }

    boolean withdrawn() {
        return models.isEmpty();
    }

    /** As callers call it; empty: it has none of this name. */
    public Optional<UpstreamModel> model(String name) {
        return models.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    /** Whether data of that class may be given to the model. To one that it does not have, none may. */
    public boolean takes(String model, DataClass dataClass) {
        return takes.covers(dataClass) && model(model).filter(each -> each.takes() == null || each.takes().covers(dataClass)).isPresent();
    }

    /** What the ledger knows a model by: always the same for these two names. */
    public static EndpointId endpoint(String upstream, String model) {
        return new EndpointId(UUID.nameUUIDFromBytes((upstream + "\n" + model).getBytes(StandardCharsets.UTF_8)));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Upstream[name=" + name + ", version=" + version + ", address=" + address + ", takes=" + takes + "]";
    }
}
