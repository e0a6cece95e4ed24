package dev.penstock.quota.grant;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.GatewayView;
import dev.penstock.frame.audit.Audited;
import dev.penstock.quota.access.Access;
import org.springframework.web.bind.annotation.RestController;

@RestController
class GatewayController implements GatewayApi {

    private final Access access;
    private final CallableModels models;
    private final GrantSettings settings;

    GatewayController(Access access, CallableModels models, GrantSettings settings) {
        this.access = access;
        this.models = models;
        this.settings = settings;
    }

    @Override
    @Audited(action = "gateway.view", subject = "project", id = "project")
    public GatewayView get(TenantId tenant, ProjectId project) {
        access.requireSeesProject(tenant, project);
        return new GatewayView(settings.gatewayAddress().toString(), models.of(tenant, project), models.aliases(tenant, project));
    }
}
