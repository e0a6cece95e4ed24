package dev.penstock.platform.endpoint;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.EndpointDetail;
import dev.penstock.contract.platform.EndpointLog;
import dev.penstock.contract.platform.EndpointSpec;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.contract.platform.RequestPreview;
import dev.penstock.frame.audit.Audited;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EndpointsController implements EndpointsApi {

    private final EndpointViews views;
    private final EndpointDetails details;
    private final EndpointChanges changes;

    EndpointsController(EndpointViews views, EndpointDetails details, EndpointChanges changes) {
        this.views = views;
        this.details = details;
        this.changes = changes;
    }

    @Override
    @Audited(action = "endpoint.list", subject = "endpoint")
    public List<EndpointView> list(@Nullable TenantId tenant, @Nullable ProjectId project) {
        return views.list(tenant, project);
    }

    @Override
    @Audited(action = "endpoint.preview", subject = "project", id = "project")
    public RequestPreview preview(TenantId tenant, ProjectId project, EndpointSpec spec) {
        return changes.preview(tenant, project, spec);
    }

    @Override
    @Audited(action = "endpoint.create", subject = "endpoint", id = "endpoint")
    public EndpointView create(TenantId tenant, ProjectId project, EndpointId endpoint, EndpointSpec spec) {
        EndpointKey key = new EndpointKey(tenant, endpoint);
        changes.create(key, project, spec);
        return views.one(key);
    }

    @Override
    @Audited(action = "endpoint.read", subject = "endpoint", id = "endpoint")
    public EndpointDetail get(TenantId tenant, EndpointId endpoint) {
        return details.detail(new EndpointKey(tenant, endpoint));
    }

    @Override
    @Audited(action = "endpoint.read-log", subject = "endpoint", id = "endpoint")
    public EndpointLog log(TenantId tenant, EndpointId endpoint) {
        return details.tail(new EndpointKey(tenant, endpoint));
    }

    @Override
    @Audited(action = "endpoint.start", subject = "endpoint", id = "endpoint")
    public EndpointView start(TenantId tenant, EndpointId endpoint) {
        EndpointKey key = new EndpointKey(tenant, endpoint);
        changes.start(key);
        return views.one(key);
    }

    @Override
    @Audited(action = "endpoint.stop", subject = "endpoint", id = "endpoint")
    public EndpointView stop(TenantId tenant, EndpointId endpoint) {
        EndpointKey key = new EndpointKey(tenant, endpoint);
        changes.stop(key);
        return views.one(key);
    }

    @Override
    @Audited(action = "endpoint.delete", subject = "endpoint", id = "endpoint")
    public EndpointView delete(TenantId tenant, EndpointId endpoint) {
        EndpointKey key = new EndpointKey(tenant, endpoint);
        changes.delete(key);
        return views.one(key);
    }
}
