package dev.penstock.quota.limit;

import dev.penstock.contract.LimitRequestId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitApproval;
import dev.penstock.contract.quota.LimitRejection;
import dev.penstock.contract.quota.LimitRequestSpec;
import dev.penstock.contract.quota.LimitRequestView;
import dev.penstock.contract.quota.LimitRequestsApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.quota.access.Access;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LimitRequestsController implements LimitRequestsApi {

    private final Access access;
    private final Requests requests;

    LimitRequestsController(Access access, Requests requests) {
        this.access = access;
        this.requests = requests;
    }

    @Override
    @Audited(action = "limit-request.list", subject = "limit-request")
    public List<LimitRequestView> list(@Nullable TenantId tenant) {
        access.requirePerson();
        if (tenant != null) {
            access.requireSees(tenant);
        }
        return requests.list(tenant);
    }

    @Override
    @Audited(action = "limit-request.submit", subject = "limit-request", id = "request")
    public LimitRequestView submit(TenantId tenant, LimitRequestId request, LimitRequestSpec spec) {
        access.requireMember(tenant, spec.project());
        return requests.submit(access.actor(), tenant, request, spec);
    }

    @Override
    @Audited(action = "limit-request.approve", subject = "limit-request", id = "request")
    public LimitRequestView approve(TenantId tenant, LimitRequestId request, LimitApproval approval) {
        access.requireAdminOf(tenant);
        return requests.approve(access.actor(), tenant, request, approval);
    }

    @Override
    @Audited(action = "limit-request.reject", subject = "limit-request", id = "request")
    public LimitRequestView reject(TenantId tenant, LimitRequestId request, LimitRejection rejection) {
        access.requireAdminOf(tenant);
        return requests.reject(access.actor(), tenant, request, rejection.words());
    }

    @Override
    @Audited(action = "limit-request.withdraw", subject = "limit-request", id = "request")
    public LimitRequestView withdraw(TenantId tenant, LimitRequestId request) {
        access.requireSees(tenant);
        return requests.withdraw(access.actor(), tenant, request);
    }
}
