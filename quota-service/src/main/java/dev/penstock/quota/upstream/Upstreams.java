package dev.penstock.quota.upstream;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.problem.ProblemException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What there is outside of the house and who may send what there, from memory: asked for every call. Throws {@link ProblemException} when a copy is too old to be trusted. */
@Component
public class Upstreams {

    private final TableCopy<String, Upstream> copy;
    private final DataClasses classes;
    private final ModelClasses models;
    private final Pins pins;

    Upstreams(TableCopy<String, Upstream> copy, DataClasses classes, ModelClasses models, Pins pins) {
        this.copy = copy;
        this.classes = classes;
        this.models = models;
        this.pins = pins;
    }

    /** By name, withdrawn ones too. The same object for as long as nothing moves. */
    public Map<String, Upstream> all() {
        return copy.current();
    }

    /** Of which class the project's data is; empty: nobody said, so nothing of it leaves. */
    public Optional<DataClass> classOf(TenantId tenant, ProjectId project) {
        return classes.of(tenant, project);
    }

    /**
     * Whether the project's data may be given to the upstream's model, as all of them are declared now. Not to a version of it that is over: its key and
     * address may be no pair any more.
     */
    public boolean mayLeave(TenantId tenant, ProjectId project, Upstream upstream, String model) {
        Upstream present = all().get(upstream.name());
        return present != null && present.version() == upstream.version() && classOf(tenant, project).filter(dataClass -> present.takes(model, dataClass)).isPresent();
    }

    /**
     * Whether the project's data may be given to the model of an endpoint of ours. To one that is not given everything, data of which nobody said of which class
     * they are may not be.
     *
     * @param holder whose endpoint it is
     */
    public boolean mayBeGiven(TenantId tenant, ProjectId project, TenantId holder, EndpointId endpoint) {
        return models.of(holder, endpoint).map(declared -> declared.mayBeGiven(classOf(tenant, project))).orElse(true);
    }

    /** The addresses that calls to it go to; none: nothing can be sent now. */
    public List<InetAddress> addresses(Upstream upstream) {
        return pins.addresses(upstream.address());
    }
}
