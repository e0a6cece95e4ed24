package dev.penstock.quota.route;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.RouteRegistration;
import dev.penstock.contract.quota.RoutesApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.access.ServiceScope;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RoutesController implements RoutesApi {

    private final Access access;
    private final Publishing publishing;

    RoutesController(Access access, Publishing publishing) {
        this.access = access;
        this.publishing = publishing;
    }

    @Override
    @Audited(action = "route.publish", subject = "route", id = "endpoint")
    public void publish(TenantId tenant, EndpointId endpoint, RouteRegistration route) {
        access.requireService(ServiceScope.ROUTES);
        publishing.publish(access.actor(), tenant, endpoint, Publication.of(route));
    }

    @Override
    @Audited(action = "route.withdraw", subject = "route", id = "endpoint")
    public void withdraw(TenantId tenant, EndpointId endpoint, long version) {
        access.requireService(ServiceScope.ROUTES);
        if (version < 1) {
            throw new ProblemException(Problem.INVALID_INPUT, "version: must be 1 or more.");
        }
        publishing.withdraw(access.actor(), tenant, endpoint, version);
    }
}
