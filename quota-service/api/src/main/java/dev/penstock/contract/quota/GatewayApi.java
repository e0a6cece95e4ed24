package dev.penstock.contract.quota;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What a project's applications may call, and where. The calls themselves go to the gateway's own port. */
@HttpExchange("/api")
public interface GatewayApi {

    @GetExchange("/tenants/{tenant}/projects/{project}/gateway")
    GatewayView get(@PathVariable TenantId tenant, @PathVariable ProjectId project);
}
