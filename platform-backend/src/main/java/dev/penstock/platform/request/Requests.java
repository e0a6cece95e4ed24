package dev.penstock.platform.request;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.RequestPreview;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceRequestSpec;
import dev.penstock.platform.slice.Serving;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What other features may do with requests: ask for the slice of something that is to be served, and take that back. Who may is theirs to check. */
@Component
public class Requests {

    private final Submission submission;
    private final Decisions decisions;
    private final RequestStore store;

    Requests(Submission submission, Decisions decisions, RequestStore store) {
        this.submission = submission;
        this.decisions = decisions;
        this.store = store;
    }

    /** @param decidedBy a person or policy; null while it is open, and when nobody decided in time */
    public record Standing(RequestState state, @Nullable String decidedBy, @Nullable String decisionReason, long version) {}

    public RequestPreview preview(TenantId tenant, ProjectId project, SliceRequestSpec spec) {
        return submission.preview(tenant, project, spec);
    }

    /** Asks quota-service, so never within a transaction. */
    public Considered consider(TenantId tenant, ProjectId project, SliceRequestSpec spec) {
        return submission.consider(tenant, project, spec);
    }

    /**
     * Records the request in the running transaction of the person who asks.
     *
     * @throws dev.penstock.frame.problem.ProblemException {@code name_taken}
     */
    public void ask(Considered considered, RequestId id, Serving serving) {
        submission.record(considered, id, serving);
    }

    /** After that transaction: a transaction of its own, since its actor is policy. Does nothing to what needs somebody's consent. */
    public void approveByPolicy(TenantId tenant, RequestId id) {
        decisions.approveByPolicy(tenant, id);
    }

    /** Within the running transaction: nobody has to decide on it any more. */
    public void withdraw(TenantId tenant, RequestId id) {
        decisions.withdrawUnwanted(tenant, id);
    }

    /** Within the running transaction. */
    public Optional<Standing> find(TenantId tenant, RequestId id) {
        return store.find(tenant, id).map(request ->
                new Standing(request.state(), request.decidedBy(), request.decisionReason(), request.version()));
    }
}
