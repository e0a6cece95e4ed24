package dev.penstock.platform.request;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceRequestSpec;
import dev.penstock.contract.platform.WorkspaceSpec;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Matter;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.slice.Serving;
import dev.penstock.platform.slice.Workspace;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for. {@code SUBMITTED} is the only state that changes. A verb that is repeated says that nothing changed and keeps
 * who was first; a verb that comes too late is {@code wrong_state}.
 */
@Entity
@Table(schema = "platform", name = "slice_request")
@IdClass(SliceRequest.Key.class)
// The timers' role may write the columns of a decision only.
@DynamicUpdate
class SliceRequest {

    record Key(UUID tenantId, UUID id) {}

    @Id
    private UUID tenantId;
    @Id
    private UUID id;
    private UUID projectId;
    private String name;
    private String profile;
    private long leaseSeconds;
    private String purpose;
    private int parts;
    @Enumerated(EnumType.STRING)
    private RequestState state;
    @Convert(converter = ChecksJson.class)
    @ColumnTransformer(write = "cast(? as jsonb)")
    private List<PolicyCheck> checks;
    private String kind;
    @Convert(converter = ServingJson.class)
    @ColumnTransformer(write = "cast(? as jsonb)")
    private @Nullable Serving serving;
    @Convert(converter = WorkspaceJson.class)
    @ColumnTransformer(write = "cast(? as jsonb)")
    private @Nullable Workspace workspace;
    private String requestedBy;
    private Instant requestedAt;
    private Instant lapsesAt;
    private @Nullable Instant remindedAt;
    private @Nullable Instant startsAt;
    private @Nullable String decidedBy;
    private @Nullable String decidedFor;
    private @Nullable Instant decidedAt;
    private @Nullable String decisionReason;
    @Version
    private long version;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected SliceRequest() {}

    SliceRequest(
            TenantId tenant,
            ProjectId project,
            RequestId id,
            SliceRequestSpec spec,
            SliceProfile profile,
            @Nullable Serving serving,
            @Nullable Workspace workspace,
            List<PolicyCheck> checks,
            String requestedBy,
            Instant requestedAt,
            Instant lapsesAt) {
        this.tenantId = tenant.value();
        this.projectId = project.value();
        this.id = id.value();
        this.name = spec.name();
        this.profile = profile.id();
        this.leaseSeconds = spec.leaseSeconds();
        this.purpose = spec.purpose();
        this.parts = profile.parts();
        this.state = RequestState.SUBMITTED;
        this.checks = List.copyOf(checks);
        this.kind = serving == null ? "WORKSPACE" : "SERVING";
        this.serving = serving;
        this.workspace = workspace;
        this.requestedBy = requestedBy;
        this.requestedAt = requestedAt;
        this.startsAt = spec.startsAt();
        // Nobody can be given what has begun already.
        this.lapsesAt = startsAt != null && startsAt.isBefore(lapsesAt) ? startsAt : lapsesAt;
    }

    /** @return false if it is approved already, and by whom it was first stays */
    boolean approve(Decider by, @Nullable String reason, Instant at) {
        return decide(RequestState.APPROVED, by, reason, at);
    }

    /** @throws ProblemException {@code invalid_input} without a reason: who asked must be told why */
    boolean reject(Decider by, @Nullable String reason, Instant at) {
        if (reason == null || reason.isBlank()) {
            throw new ProblemException(Problem.INVALID_INPUT, "reason: say why, for whoever asked.");
        }
        return decide(RequestState.REJECTED, by, reason, at);
    }

    boolean withdraw(Instant at) {
        return decide(RequestState.WITHDRAWN, new Decider(requestedBy, null), null, at);
    }

    /** It waits for long; those who may decide are told again, once. */
    boolean remind(Instant at) {
        if (state != RequestState.SUBMITTED || remindedAt != null || passedEveryCheck()) {
            return false;
        }
        remindedAt = at;
        return true;
    }

    /** Nobody decided in time. */
    boolean lapse(Instant at) {
        if (state != RequestState.SUBMITTED || at.isBefore(lapsesAt)) {
            return false;
        }
        end(RequestState.LAPSED, null, null, at);
        return true;
    }

    private boolean decide(RequestState wanted, Decider by, @Nullable String reason, Instant at) {
        return switch (state) {
            case SUBMITTED -> {
                if (!at.isBefore(lapsesAt)) {
                    throw new ProblemException(Problem.WRONG_STATE, "Nobody decided by " + lapsesAt + ", so it lapsed. It can be asked for anew.");
                }
                end(wanted, by, reason, at);
                yield true;
            }
            case APPROVED, REJECTED, WITHDRAWN, LAPSED -> {
                if (state == wanted) {
                    yield false;
                }
                String whom = decidedBy == null ? "" : " by " + decidedBy;
                throw new ProblemException(Problem.WRONG_STATE, "The request is " + Words.state(state) + whom + " already.").with("state", state.name());
            }
        };
    }

    private void end(RequestState wanted, @Nullable Decider by, @Nullable String reason, Instant at) {
        state = wanted;
        decidedBy = by == null ? null : by.name();
        decidedFor = by == null ? null : by.inPlaceOf();
        decidedAt = at;
        decisionReason = reason;
    }

    /** Whether it is the same request: then asking again is repeating, not something else under the same id. */
    boolean asksFor(ProjectId project, SliceRequestSpec spec, @Nullable Serving what, String by) {
        return projectId.equals(project.value()) && spec().equals(spec) && Objects.equals(serving, what) && requestedBy.equals(by);
    }

    boolean open() {
        return state == RequestState.SUBMITTED;
    }

    /** Whether policy alone may approve it, by what it looked at. */
    boolean passedEveryCheck() {
        return !checks.isEmpty() && checks.stream().allMatch(check -> check.result() == PolicyCheck.Result.PASSES);
    }

    /** From when a part is to be reserved; null: it is wanted as soon as there is one. */
    @Nullable Instant startsAt() {
        return startsAt;
    }

    /** What of it counts for who may decide it. What is reserved others do without, so an administrator decides. */
    Matter matter() {
        return new Matter(tenant(), project(), requestedBy, startsAt != null);
    }

    SliceRequestSpec spec() {
        return new SliceRequestSpec(
                name, profile, leaseSeconds, purpose, workspace == null ? null : new WorkspaceSpec(workspace.image(), workspace.volumeGib()), startsAt);
    }

    /** When those who may decide were told again; null: they were not. */
    @Nullable Instant remindedAt() {
        return remindedAt;
    }

    /** The model server it is for; null: a workspace. */
    @Nullable Serving serving() {
        return serving;
    }

    /** What is to run on it; null: a plain shell, or what serves a model. */
    @Nullable Workspace workspace() {
        return workspace;
    }

    long version() {
        return version;
    }

    TenantId tenant() {
        return new TenantId(tenantId);
    }

    ProjectId project() {
        return new ProjectId(projectId);
    }

    RequestId id() {
        return new RequestId(id);
    }

    /** The slice it becomes: one id for both, so that approving again after a crash can queue nothing twice. */
    SliceId slice() {
        return new SliceId(id);
    }

    String name() {
        return name;
    }

    String profile() {
        return profile;
    }

    Duration lease() {
        return Duration.ofSeconds(leaseSeconds);
    }

    GpuTime gpuTime() {
        return GpuTime.of(parts, lease());
    }

    RequestState state() {
        return state;
    }

    List<PolicyCheck> checks() {
        return checks;
    }

    String requestedBy() {
        return requestedBy;
    }

    Instant requestedAt() {
        return requestedAt;
    }

    Instant lapsesAt() {
        return lapsesAt;
    }

    @Nullable String decidedBy() {
        return decidedBy;
    }

    /** In whose place it was decided; null: whoever decided it had the right themselves, or nobody did. */
    @Nullable String decidedFor() {
        return decidedFor;
    }

    @Nullable Instant decidedAt() {
        return decidedAt;
    }

    @Nullable String decisionReason() {
        return decisionReason;
    }
}
