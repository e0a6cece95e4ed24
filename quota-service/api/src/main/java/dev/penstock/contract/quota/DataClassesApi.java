package dev.penstock.contract.quota;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * Of which class a project's data is, and what data an endpoint's model is given. Administrators declare it; members read it. A project without one sends nothing
 * out of the house, and nothing to a model that is not given everything; a model without one is given everything.
 */
@HttpExchange("/api/tenants/{tenant}")
public interface DataClassesApi {

    /** Of the projects that the caller sees, by name. */
    @GetExchange("/data-classes")
    List<DataClassView> list(@PathVariable TenantId tenant);

    /** Declares the next version: {@code changed_meanwhile} unless it is the last one's number plus 1, or the same again. */
    @PutExchange("/projects/{project}/data-class/{version}")
    DataClassView declare(@PathVariable TenantId tenant, @PathVariable ProjectId project, @PathVariable int version, @Valid @RequestBody DataClassSpec spec);

    /** Of the endpoints in projects that the caller sees, by the model's name. */
    @GetExchange("/model-classes")
    List<ModelClassView> models(@PathVariable TenantId tenant);

    /** As {@link #declare}, for an endpoint. A model that is given less is unknown to projects whose data are of a higher class, or of none. */
    @PutExchange("/endpoints/{endpoint}/data-class/{version}")
    ModelClassView declareModel(
            @PathVariable TenantId tenant, @PathVariable EndpointId endpoint, @PathVariable int version, @Valid @RequestBody DataClassSpec spec);
}
