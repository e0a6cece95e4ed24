package dev.penstock.quota.upstream;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.DataClassSpec;
import dev.penstock.contract.quota.DataClassView;
import dev.penstock.contract.quota.DataClassesApi;
import dev.penstock.contract.quota.ModelClassView;
import dev.penstock.frame.audit.Audited;
import dev.penstock.quota.access.Access;
import java.util.List;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DataClassesController implements DataClassesApi {

    private final Access access;
    private final DataClasses classes;
    private final ModelClasses models;

    DataClassesController(Access access, DataClasses classes, ModelClasses models) {
        this.access = access;
        this.classes = classes;
        this.models = models;
    }

    @Override
    @Audited(action = "data-class.list", subject = "tenant", id = "tenant")
    public List<DataClassView> list(TenantId tenant) {
        access.requireSees(tenant);
        return classes.list(access.actor(), tenant, access.reach(tenant));
    }

    @Override
    @Audited(action = "data-class.declare", subject = "project", id = "project")
    public DataClassView declare(TenantId tenant, ProjectId project, int version, DataClassSpec spec) {
        access.requireAdminOf(tenant);
        access.requireSeesProject(tenant, project);
        return classes.declare(access.actor(), tenant, project, version, spec);
    }

    @Override
    @Audited(action = "model-class.list", subject = "tenant", id = "tenant")
    public List<ModelClassView> models(TenantId tenant) {
        access.requireSees(tenant);
        return models.list(access.actor(), tenant, access.reach(tenant));
    }

    @Override
    @Audited(action = "model-class.declare", subject = "endpoint", id = "endpoint")
    public ModelClassView declareModel(TenantId tenant, EndpointId endpoint, int version, DataClassSpec spec) {
        access.requireAdminOf(tenant);
        return models.declare(access.actor(), tenant, endpoint, version, spec);
    }
}
