package dev.penstock.quota.stop;

import dev.penstock.contract.StopId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.problem.ProblemException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What is stopped now. Asked for every call: from memory, without waiting. Every method throws {@link ProblemException} when the copy is too old to be trusted. */
@Component
public class Stops {

    private final TableCopy<StopId, Stop> copy;
    private volatile Index index = Index.of(Map.of());

    Stops(TableCopy<StopId, Stop> copy) {
        this.copy = copy;
    }

    public Optional<Stop> of(TenantId tenant) {
        return Optional.ofNullable(index().tenants().get(tenant));
    }

    /** @param model a model's name or an alias */
    public Optional<Stop> of(String model) {
        return Optional.ofNullable(index().models().get(model));
    }

    /** The copy is replaced by another object only when something moved. */
    @SuppressWarnings("ReferenceEquality")
    private Index index() {
        Map<StopId, Stop> stops = copy.current();
        Index now = index;
        if (now.of() != stops) {
            now = Index.of(stops);
            index = now;
        }
        return now;
    }

    private record Index(Map<StopId, Stop> of, Map<TenantId, Stop> tenants, Map<String, Stop> models) {

        static Index of(Map<StopId, Stop> stops) {
            Map<TenantId, Stop> tenants = new HashMap<>();
            Map<String, Stop> models = new HashMap<>();
            stops.values().forEach(stop -> {
                if (stop.tenant() != null) {
                    tenants.put(stop.tenant(), stop);
                }
                if (stop.model() != null) {
                    models.put(stop.model(), stop);
                }
            });
            return new Index(stops, tenants, models);
        }
    }
}
