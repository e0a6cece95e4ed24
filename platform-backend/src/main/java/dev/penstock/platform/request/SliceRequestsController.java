package dev.penstock.platform.request;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.Decision;
import dev.penstock.contract.platform.RequestPreview;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceRequestSpec;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.platform.access.Access;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SliceRequestsController implements SliceRequestsApi {

    private final Access access;
    private final Submission submission;
    private final Decisions decisions;
    private final RequestViews views;

    SliceRequestsController(Access access, Submission submission, Decisions decisions, RequestViews views) {
        this.access = access;
        this.submission = submission;
        this.decisions = decisions;
        this.views = views;
    }

    @Override
    @Audited(action = "slice-request.list", subject = "slice-request")
    public List<SliceRequestView> list(@Nullable TenantId tenant, @Nullable ProjectId project, @Nullable RequestState state) {
        return views.list(tenant, project, state);
    }

    @Override
    @Audited(action = "slice-request.preview", subject = "project", id = "project")
    public RequestPreview preview(TenantId tenant, ProjectId project, SliceRequestSpec spec) {
        access.requireMember(tenant, project);
        return submission.preview(tenant, project, spec);
    }

    @Override
    @Audited(action = "slice-request.submit", subject = "slice-request", id = "request")
    public SliceRequestView submit(TenantId tenant, ProjectId project, RequestId request, SliceRequestSpec spec) {
        access.requireMember(tenant, project);
        submission.submit(tenant, project, request, spec);
        return views.one(tenant, request);
    }

    @Override
    @Audited(action = "slice-request.read", subject = "slice-request", id = "request")
    public SliceRequestView get(TenantId tenant, RequestId request) {
        access.requireSees(tenant, null);
        return views.one(tenant, request);
    }

    @Override
    @Audited(action = "slice-request.approve", subject = "slice-request", id = "request")
    public SliceRequestView approve(TenantId tenant, RequestId request, Decision decision) {
        access.requireSees(tenant, null);
        decisions.approve(tenant, request, decision.reason());
        return views.one(tenant, request);
    }

    @Override
    @Audited(action = "slice-request.reject", subject = "slice-request", id = "request")
    public SliceRequestView reject(TenantId tenant, RequestId request, Decision decision) {
        access.requireSees(tenant, null);
        decisions.reject(tenant, request, decision.reason());
        return views.one(tenant, request);
    }

    @Override
    @Audited(action = "slice-request.withdraw", subject = "slice-request", id = "request")
    public SliceRequestView withdraw(TenantId tenant, RequestId request) {
        access.requireSees(tenant, null);
        decisions.withdraw(tenant, request);
        return views.one(tenant, request);
    }
}
