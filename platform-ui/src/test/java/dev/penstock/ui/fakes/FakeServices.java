package dev.penstock.ui.fakes;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.MemberId;
import dev.penstock.contract.MoveId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.ApprovalPolicy;
import dev.penstock.contract.platform.Decision;
import dev.penstock.contract.platform.DelegationView;
import dev.penstock.contract.platform.FeatureView;
import dev.penstock.contract.platform.FleetApi;
import dev.penstock.contract.platform.FleetHistoryApi;
import dev.penstock.contract.platform.FleetUse;
import dev.penstock.contract.platform.IdlenessApi;
import dev.penstock.contract.platform.IdlenessView;
import dev.penstock.contract.platform.LeaseSpec;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.MeApi;
import dev.penstock.contract.platform.MemberSpec;
import dev.penstock.contract.platform.MoveSpec;
import dev.penstock.contract.platform.NodeOrderView;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.contract.platform.OrganisationRole;
import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.ProjectSpec;
import dev.penstock.contract.platform.RepackConsent;
import dev.penstock.contract.platform.RepackView;
import dev.penstock.contract.platform.RequestPreview;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.RoomView;
import dev.penstock.contract.platform.ShareSpec;
import dev.penstock.contract.platform.ShareView;
import dev.penstock.contract.platform.SharesApi;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.platform.SliceRequestSpec;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.contract.platform.TenantSpec;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.contract.quota.AuditApi;
import dev.penstock.contract.quota.AuditEntry;
import dev.penstock.contract.quota.AuditPage;
import dev.penstock.contract.quota.HealthApi;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.SealStatus;
import dev.penstock.contract.quota.Verification;
import dev.penstock.contract.quota.WriteOffView;
import dev.penstock.contract.quota.WriteOffsApi;
import dev.penstock.ui.backend.BackendProblem;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Both services, as far as screens see them. Their rules are simplified; what they refuse, they refuse with their own problems. */
public final class FakeServices {

    public final Map<SliceId, SliceDetail> slices = new LinkedHashMap<>();
    public final Map<SliceId, IdlenessView.Known> activity = new LinkedHashMap<>();

    /** Why nothing new is known of anybody's activity. */
    public @Nullable String activityMissing;

    public final Map<RequestId, SliceRequestView> requests = new LinkedHashMap<>();
    public final List<SliceProfileView> profiles = new ArrayList<>();
    public final Map<TenantId, TenantView> tenants = new LinkedHashMap<>();
    public final Map<TenantId, ShareSpec> shares = new LinkedHashMap<>();
    public final Map<LimitId, LimitView> limits = new LinkedHashMap<>();
    public final List<NodeView> nodes = new ArrayList<>();
    public final List<RoomView> room = new ArrayList<>();
    public final List<FeatureView> features = new ArrayList<>();
    /** How much GPUs work. */
    public FleetUse use = FleetShowcase.NOT_MEASURED;
    /** Orders of nodes that are not here. */
    public final List<NodeOrderView> ordersOfGone = new ArrayList<>();
    /** What was consented to, oldest first. */
    public final List<RepackConsent> consents = new ArrayList<>();

    /** By how many may be stopped. */
    public final SortedMap<Integer, RepackView> repack = new TreeMap<>();

    public final List<AuditEntry> entries = new ArrayList<>();
    public @Nullable Verification lastVerification;

    /** As the service says; null: nobody has filled it. */
    public @Nullable HealthView health;
    public final List<WriteOffView> writtenOff = new ArrayList<>();

    /** Set: every call is refused with it. */
    public @Nullable BackendProblem down;

    /** How many orders of nodes are carried out without their answer reaching anybody. */
    public int answersLost;

    /** Models, endpoints, keys and prices. */
    public final FakeModels models;

    /** Usage and statements. */
    public final FakeBooks books;

    /** Calls of models. */
    public final FakeCalls calls;

    /** Images, and getting into what runs them. */
    public final FakeWorkspaces workspaces;
    public final FakeAliases aliases;
    public final FakeUpstreams upstreams;
    public final FakeStops stops;
    public final FakeTries tries;
    public final FakeSteering steering;
    public final FakeRefusals refusals;
    public final FakeLimitRequests limitRequests;

    /** Who approves in whose place. */
    public final FakeDelegations delegations;

    private final Supplier<Persona> who;
    private final Clock clock;

    public FakeServices(Supplier<Persona> who, Clock clock) {
        this.who = who;
        this.clock = clock;
        this.models = new FakeModels(this, clock);
        this.books = new FakeBooks(this);
        this.calls = new FakeCalls(this, clock);
        this.delegations = new FakeDelegations(this, clock);
        this.workspaces = new FakeWorkspaces(this, clock);
        this.aliases = new FakeAliases(this, clock);
        this.upstreams = new FakeUpstreams(this, clock);
        this.stops = new FakeStops(this, clock);
        this.tries = new FakeTries(this, clock);
        this.steering = new FakeSteering(this, clock);
        this.refusals = new FakeRefusals(this, clock);
        this.limitRequests = new FakeLimitRequests(this, clock);
    }

    public void clear() {
        slices.clear();
        activity.clear();
        activityMissing = null;
        requests.clear();
        profiles.clear();
        tenants.clear();
        limits.clear();
        nodes.clear();
        room.clear();
        use = FleetShowcase.NOT_MEASURED;
        ordersOfGone.clear();
        consents.clear();
        repack.clear();
        entries.clear();
        lastVerification = null;
        health = null;
        writtenOff.clear();
        models.clear();
        books.clear();
        calls.clear();
        workspaces.clear();
        delegations.all.clear();
        down = null;
    }

    public MeApi me() {
        return () -> {
            up();
            Me me = persona();
            return new Me(me.subject(), me.name(), me.organisationRoles(), me.tenants(), delegations.name(me.subject()));
        };
    }

    public FleetApi fleet() {
        return new FakeFleet(this, clock);
    }

    public FleetHistoryApi fleetHistory() {
        return new FakeFleetHistory(this, clock);
    }

    public HealthApi health() {
        return () -> {
            up();
            return found(health);
        };
    }

    /** Books nothing; the replica is shown as written off. */
    public WriteOffsApi writeOffs() {
        return (replica, journal, spec) -> {
            up();
            WriteOffView made = new WriteOffView(replica, journal, 1, null, 0, clock.instant(), persona().subject(), spec.reason(), List.of());
            writtenOff.add(made);
            health = HealthShowcase.writtenOff(found(health), made);
            return made;
        };
    }

    public SliceProfilesApi profiles() {
        return new SliceProfilesApi() {
            @Override
            public List<SliceProfileView> list() {
                up();
                return List.copyOf(profiles);
            }

            @Override
            public List<SliceProfileView> ofTenant(TenantId tenant) {
                return list();
            }
        };
    }

    public SlicesApi slices() {
        return new SlicesApi() {
            @Override
            public List<SliceView> list(@Nullable TenantId tenant, @Nullable ProjectId project) {
                up();
                return slices.values().stream()
                        .map(SliceDetail::slice)
                        .filter(slice -> seen(slice.tenant(), slice.project(), tenant, project))
                        .sorted((one, other) -> Boolean.compare(other.state().live(), one.state().live()))
                        .toList();
            }

            @Override
            public SliceDetail get(TenantId tenant, SliceId slice) {
                up();
                return found(slices.get(slice));
            }

            @Override
            public SliceDetail extend(TenantId tenant, SliceId slice, LeaseSpec lease) {
                SliceDetail present = get(tenant, slice);
                if (lease.leaseSeconds() > present.longestLeaseSeconds()) {
                    throw new BackendProblem(
                            Problem.LEASE_TOO_LONG,
                            "The policy of research allows leases up to " + Duration.ofSeconds(present.longestLeaseSeconds()).toHours() + " h.",
                            "7d20-b8e3");
                }
                SliceView view = present.slice();
                Instant ready = view.readyAt();
                return put(present, Change.of(view).lease(lease.leaseSeconds(), ready == null ? null : ready.plusSeconds(lease.leaseSeconds())), "The lease was extended");
            }

            @Override
            public SliceDetail release(TenantId tenant, SliceId slice) {
                SliceDetail present = get(tenant, slice);
                return put(present, Change.of(present.slice()).draining(SliceState.RELEASED, null), "Released by " + persona().subject());
            }

            @Override
            public SliceDetail suspend(TenantId tenant, SliceId slice) {
                SliceDetail present = get(tenant, slice);
                String reason = "Suspended by " + persona().subject() + ".";
                return put(present, Change.of(present.slice()).draining(SliceState.SUSPENDED, reason), reason);
            }

            @Override
            public SliceDetail resume(TenantId tenant, SliceId slice) {
                SliceDetail present = get(tenant, slice);
                return put(present, Change.of(present.slice()).state(SliceState.QUEUED), "Resumed; it waits for a free part.");
            }
        };
    }

    public IdlenessApi idleness() {
        return new IdlenessApi() {
            @Override
            public IdlenessView list(@Nullable TenantId tenant, @Nullable ProjectId project) {
                up();
                return new IdlenessView(activityMissing, 7200, 14_400, 259_200L, List.copyOf(activity.values()));
            }

            @Override
            public IdlenessView.Known keep(TenantId tenant, SliceId slice) {
                up();
                var kept = new IdlenessView.Known(tenant, slice, clock.instant(), clock.instant(), null, null, null);
                activity.put(slice, kept);
                return kept;
            }
        };
    }

    /** Moves a slice on, as the reconciler would. */
    public void moved(SliceId id, SliceState state, String sentence) {
        SliceDetail present = found(slices.get(id));
        SliceView moved = Change.of(present.slice()).state(state);
        if (state == SliceState.READY) {
            moved = Change.of(moved).ready(clock.instant());
        }
        put(present, moved, sentence);
    }

    private SliceDetail put(SliceDetail before, SliceView view, String sentence) {
        var timeline = new ArrayList<>(before.timeline());
        timeline.add(new SliceDetail.Event(clock.instant(), view.state() == before.slice().state() ? null : view.state(), sentence));
        var after = new SliceDetail(view, timeline, before.namespace(), before.connect(), before.longestLeaseSeconds(), before.setAside(), before.workspace(),
                before.workspace() != null && view.state() == SliceState.READY);
        slices.put(view.id(), after);
        return after;
    }

    public SliceRequestsApi requests() {
        return new SliceRequestsApi() {
            @Override
            public List<SliceRequestView> list(@Nullable TenantId tenant, @Nullable ProjectId project, @Nullable RequestState state) {
                up();
                return requests.values().stream()
                        .filter(request -> seen(request.tenant(), request.project(), tenant, project)
                                || tenant == null && delegations.of(persona().subject(), request).isPresent())
                        .filter(request -> state == null || request.state() == state)
                        .map(FakeServices.this::asSeen)
                        .toList();
            }

            @Override
            public RequestPreview preview(TenantId tenant, ProjectId project, SliceRequestSpec spec) {
                up();
                SliceProfileView profile = profile(spec.profile());
                GpuTime time = GpuTime.of(profile.parts(), Duration.ofSeconds(spec.leaseSeconds()));
                List<PolicyCheck> checks = check(tenant, spec, profile, time);
                PolicyCheck.Result worst =
                        checks.stream().map(PolicyCheck::result).max(Comparator.naturalOrder()).orElseThrow();
                return new RequestPreview(
                        worst, checks, worst == PolicyCheck.Result.PASSES ? "" : "owners of research and administrators", time, profile.free());
            }

            @Override
            public SliceRequestView submit(TenantId tenant, ProjectId project, RequestId request, SliceRequestSpec spec) {
                RequestPreview preview = preview(tenant, project, spec);
                if (slices.values().stream().anyMatch(each -> each.slice().name().equals(spec.name()) && each.slice().state().live())) {
                    throw new BackendProblem(Problem.NAME_TAKEN, "A live slice of the project is called " + spec.name() + ".", "4e81-c07a");
                }
                boolean atOnce = preview.outcome() == PolicyCheck.Result.PASSES;
                Instant now = clock.instant();
                SliceId slice = atOnce ? Ids.slice(90 + requests.size()) : null;
                var view = new SliceRequestView(
                        request, tenant, name(tenant), project, projectName(project), spec.name(), spec.profile(), spec.leaseSeconds(),
                        spec.purpose(), preview.gpuTime(), atOnce ? RequestState.APPROVED : RequestState.SUBMITTED, preview.checks(),
                        persona().subject(), now, atOnce ? "policy" : null, atOnce ? now : null, null, slice, now.plus(Duration.ofHours(72)), false, !atOnce, null, null, null,
                        workspaces.asked(spec.workspace()), spec.startsAt(), null, null);
                requests.put(request, view);
                if (slice != null) {
                    slices.put(slice, queued(slice, view, now));
                }
                return view;
            }

            @Override
            public SliceRequestView get(TenantId tenant, RequestId request) {
                up();
                return asSeen(found(requests.get(request)));
            }

            @Override
            public SliceRequestView approve(TenantId tenant, RequestId request, Decision decision) {
                return decide(request, RequestState.APPROVED, decision);
            }

            @Override
            public SliceRequestView reject(TenantId tenant, RequestId request, Decision decision) {
                return decide(request, RequestState.REJECTED, decision);
            }

            @Override
            public SliceRequestView withdraw(TenantId tenant, RequestId request) {
                return decide(request, RequestState.WITHDRAWN, new Decision(null));
            }
        };
    }

    private SliceRequestView decide(RequestId id, RequestState state, Decision decision) {
        up();
        SliceRequestView was = found(requests.get(id));
        if (was.state() != RequestState.SUBMITTED) {
            throw new BackendProblem(Problem.WRONG_STATE, "It was decided by " + was.decidedBy() + " meanwhile.", "11aa-22bb");
        }
        if (state != RequestState.WITHDRAWN && was.requestedBy().equals(persona().subject())) {
            throw new BackendProblem(Problem.OWN_REQUEST, null, "11aa-22bc");
        }
        Instant now = clock.instant();
        SliceId slice = state == RequestState.APPROVED ? Ids.slice(90 + requests.size()) : null;
        var is = new SliceRequestView(
                was.id(), was.tenant(), was.tenantName(), was.project(), was.projectName(), was.name(), was.profile(), was.leaseSeconds(),
                was.purpose(), was.gpuTime(), state, was.checks(), was.requestedBy(), was.requestedAt(), persona().subject(), now,
                decision.reason(), slice, was.lapsesAt(), false, false, was.endpoint(), was.model(), was.remindedAt(), was.workspace(), was.startsAt(),
                state == RequestState.WITHDRAWN || decides() ? null : delegations.of(persona().subject(), was).map(DelegationView::delegator).orElse(null), null);
        requests.put(id, is);
        if (slice != null) {
            slices.put(slice, queued(slice, is, now));
        }
        return is;
    }

    private boolean decides() {
        return who.get().is(OrganisationRole.ADMIN) || who.get() == Persona.OWNER;
    }

    private SliceRequestView asSeen(SliceRequestView was) {
        boolean open = was.state() == RequestState.SUBMITTED;
        boolean mine = was.requestedBy().equals(persona().subject());
        DelegationView place = decides() || !open ? null : delegations.of(persona().subject(), was).orElse(null);
        return new SliceRequestView(
                was.id(), was.tenant(), was.tenantName(), was.project(), was.projectName(), was.name(), was.profile(), was.leaseSeconds(),
                was.purpose(), was.gpuTime(), was.state(), was.checks(), was.requestedBy(), was.requestedAt(), was.decidedBy(), was.decidedAt(),
                was.decisionReason(), was.slice(), was.lapsesAt(), open && !mine && decides() || place != null, open && mine, was.endpoint(), was.model(), was.remindedAt(), was.workspace(), was.startsAt(),
                was.decidedFor(), place == null ? null : place.delegatorName());
    }

    private static SliceDetail queued(SliceId id, SliceRequestView request, Instant now) {
        var view = new SliceView(
                id, request.tenant(), request.tenantName(), request.project(), request.projectName(), request.id(), request.name(),
                request.profile(), SliceState.QUEUED, "waits for a free part", 1, null, request.requestedBy(), now, null, request.leaseSeconds(),
                null, null, GpuTime.ZERO, true, request.endpoint(), null, null, null, request.startsAt());
        return new SliceDetail(
                view,
                List.of(new SliceDetail.Event(now, SliceState.QUEUED, "Approved by " + request.decidedBy())),
                "penstock-" + request.project(), null, 604_800, request.gpuTime());
    }

    private List<PolicyCheck> check(TenantId tenant, SliceRequestSpec spec, SliceProfileView profile, GpuTime time) {
        ApprovalPolicy policy = found(tenants.get(tenant)).policy();
        var checks = new ArrayList<PolicyCheck>();
        checks.add(spec.leaseSeconds() > policy.longestLeaseSeconds()
                ? new PolicyCheck("lease", PolicyCheck.Result.REFUSED, "Lease: longer than the " + policy.longestLeaseSeconds() / 3600 + " h that policy allows")
                : new PolicyCheck("lease", PolicyCheck.Result.PASSES, "Lease: " + spec.leaseSeconds() / 3600 + " h, allowed up to " + policy.longestLeaseSeconds() / 3600 + " h"));
        checks.add(time.compareTo(policy.approvesUpTo()) > 0
                ? new PolicyCheck("gpu-time", PolicyCheck.Result.NEEDS_APPROVAL, "GPU time: " + hours(time) + " GPU-hours, approved at once up to " + hours(policy.approvesUpTo()))
                : new PolicyCheck("gpu-time", PolicyCheck.Result.PASSES, "GPU time: " + hours(time) + " GPU-hours, approved at once up to " + hours(policy.approvesUpTo())));
        if (spec.startsAt() != null) {
            checks.add(new PolicyCheck(
                    "calendar", PolicyCheck.Result.NEEDS_APPROVAL,
                    "Of " + profile.total() + " " + profile.id() + ", 1 are guaranteed and up to 0 reserved in that time: there is room. Others do without then, so an administrator has to agree."));
        }
        checks.add(new PolicyCheck("room", PolicyCheck.Result.PASSES, "Room: " + profile.free() + " of " + profile.total() + " free now"));
        return checks;
    }

    private static String hours(GpuTime time) {
        return String.format(Locale.ROOT, "%.1f", time.partSeconds() / (double) GpuTime.PART_SECONDS_PER_GPU_HOUR);
    }

    /** As the service would refuse: no more than there is. */
    public SharesApi shares() {
        return new SharesApi() {
            @Override
            public ShareView get(TenantId tenant) {
                up();
                ShareSpec share = shares.getOrDefault(tenant, new ShareSpec(1, Map.of()));
                return new ShareView(tenant, name(tenant), share.weight(), profiles.stream().map(profile -> new ShareView.Line(
                        profile.id(), share.guaranteed().getOrDefault(profile.id(), 0), count(tenant, profile, SliceState.READY),
                        count(tenant, profile, SliceState.QUEUED), who.get().is(OrganisationRole.ADMIN) ? inAll(profile) : null)).toList());
            }

            @Override
            public ShareView put(TenantId tenant, ShareSpec spec) {
                up();
                ShareSpec before = shares.put(tenant, spec);
                for (SliceProfileView profile : profiles) {
                    if (inAll(profile) > profile.total() && spec.guaranteed().containsKey(profile.id())) {
                        shares.put(tenant, before == null ? new ShareSpec(1, Map.of()) : before);
                        throw new BackendProblem(Problem.WRONG_STATE, "Ready nodes offer " + profile.total() + " of " + profile.id() + ".", "aaaa-0009");
                    }
                }
                return get(tenant);
            }
        };
    }

    private int inAll(SliceProfileView profile) {
        return shares.values().stream().mapToInt(share -> share.guaranteed().getOrDefault(profile.id(), 0)).sum();
    }

    private int count(TenantId tenant, SliceProfileView profile, SliceState state) {
        return (int) slices.values().stream().map(SliceDetail::slice)
                .filter(slice -> slice.tenant().equals(tenant) && slice.profile().equals(profile.id()) && slice.state() == state).count();
    }

    public TenantsApi tenants() {
        return new TenantsApi() {
            @Override
            public List<TenantView> list() {
                up();
                return tenants.values().stream().filter(tenant -> persona().tenants().stream().anyMatch(mine -> mine.id().equals(tenant.id()))
                        || who.get().is(OrganisationRole.ADMIN)).toList();
            }

            @Override
            public TenantView get(TenantId tenant) {
                up();
                return found(tenants.get(tenant));
            }

            @Override
            public TenantView put(TenantId tenant, TenantSpec spec) {
                up();
                if (tenants.values().stream().anyMatch(each -> each.name().equals(spec.name()) && !each.id().equals(tenant))) {
                    throw new BackendProblem(Problem.NAME_TAKEN, "Another tenant is called " + spec.name() + ".", "aaaa-0001");
                }
                TenantView was = tenants.get(tenant);
                var is = new TenantView(
                        tenant, spec.name(), spec.title(), spec.timeZone(), spec.currency(),
                        List.of(new TenantView.CostCentre(spec.costCentre(), LocalDate.of(2026, 11, 1))),
                        was == null ? List.of() : was.projects(), was == null ? List.of() : was.members(),
                        was == null ? new ApprovalPolicy(GpuTime.ofGpuHours(4), 604_800) : was.policy(), clock.instant());
                tenants.put(tenant, is);
                return is;
            }

            @Override
            public TenantView putProject(TenantId tenant, ProjectId project, ProjectSpec spec) {
                TenantView was = get(tenant);
                var projects = new ArrayList<>(was.projects());
                if (projects.stream().anyMatch(each -> each.name().equals(spec.name()))) {
                    throw new BackendProblem(Problem.NAME_TAKEN, "Another project of " + was.name() + " is called " + spec.name() + ".", "aaaa-0002");
                }
                projects.add(new TenantView.Project(project, spec.name(), clock.instant()));
                return replaced(was, projects, was.members(), was.policy());
            }

            @Override
            public TenantView moveProject(TenantId tenant, ProjectId project, MoveId move, MoveSpec spec) {
                TenantView was = get(tenant);
                TenantView to = get(spec.to());
                if (slices.values().stream().anyMatch(slice -> slice.slice().project().equals(project) && slice.slice().state().live())) {
                    throw new BackendProblem(Problem.WRONG_STATE,
                            "The project has slices. Release its slices, delete its endpoints and decide its requests first.", "aaaa-0003");
                }
                var going = was.projects().stream().filter(each -> each.id().equals(project)).toList();
                replaced(was, was.projects().stream().filter(each -> !each.id().equals(project)).toList(),
                        was.members().stream().filter(member -> !project.equals(member.project())).toList(), was.policy());
                return replaced(to, Stream.concat(to.projects().stream(), going.stream()).toList(),
                        Stream.concat(to.members().stream(), was.members().stream().filter(member -> project.equals(member.project()))).toList(), to.policy());
            }

            @Override
            public TenantView putMember(TenantId tenant, MemberId member, MemberSpec spec) {
                TenantView was = get(tenant);
                var members = new ArrayList<>(was.members());
                members.add(new TenantView.Member(member, spec.kind(), spec.principal(), spec.role(), spec.project()));
                return replaced(was, was.projects(), members, was.policy());
            }

            @Override
            public TenantView removeMember(TenantId tenant, MemberId member) {
                TenantView was = get(tenant);
                return replaced(was, was.projects(), was.members().stream().filter(each -> !each.id().equals(member)).toList(), was.policy());
            }

            @Override
            public TenantView putPolicy(TenantId tenant, ApprovalPolicy policy) {
                TenantView was = get(tenant);
                return replaced(was, was.projects(), was.members(), policy);
            }
        };
    }

    private TenantView replaced(
            TenantView was, List<TenantView.Project> projects, List<TenantView.Member> members, ApprovalPolicy policy) {
        var is = new TenantView(
                was.id(), was.name(), was.title(), was.timeZone(), was.currency(), was.costCentres(), List.copyOf(projects), List.copyOf(members), policy, was.createdAt());
        tenants.put(is.id(), is);
        return is;
    }

    public LimitsApi limits() {
        return new LimitsApi() {
            @Override
            public List<LimitView> list(@Nullable TenantId tenant) {
                up();
                return limits.values().stream()
                        .filter(limit -> persona().tenants().stream().anyMatch(mine -> mine.id().equals(limit.tenant())))
                        .filter(limit -> tenant == null || limit.tenant().equals(tenant))
                        .toList();
            }

            @Override
            public LimitView put(TenantId tenant, LimitId limit, LimitSpec spec) {
                up();
                LimitView was = limits.get(limit);
                ProjectId project = spec.project();
                var is = new LimitView(
                        limit, tenant, name(tenant), project, project == null ? null : projectName(project), spec.key(),
                        spec.key() == null ? null : found(models.keys.get(spec.key())).name(), spec.person(), spec.meter(), spec.profile(), spec.models(), spec.window(),
                        spec.amount(), !Boolean.FALSE.equals(spec.hard()), spec.softPercent(), was == null ? BigInteger.ZERO : was.used(), was == null ? BigInteger.ZERO : was.setAside(),
                        was == null ? null : was.periodStart(), was == null ? null : was.resets(), List.of());
                limits.put(limit, is);
                return is;
            }

            @Override
            public void remove(TenantId tenant, LimitId limit) {
                up();
                limits.remove(limit);
            }
        };
    }

    public AuditApi audit() {
        return new AuditApi() {
            @Override
            public AuditPage entries(
                    @Nullable Long before, @Nullable Integer limit, @Nullable String text, @Nullable String actor, @Nullable String action,
                    @Nullable String tenant, @Nullable String outcome, @Nullable Instant from, @Nullable Instant to) {
                up();
                List<AuditEntry> matching = entries.stream()
                        .filter(entry -> text == null || (entry.actor() + entry.subjectName() + entry.reference()).contains(text))
                        .filter(entry -> actor == null || entry.actor().equals(actor))
                        .filter(entry -> action == null || entry.action().equals(action))
                        .filter(entry -> tenant == null || tenant.equals(String.valueOf(entry.tenant())) || tenant.equals(entry.tenantName()))
                        .filter(entry -> outcome == null || entry.outcome().equals(outcome))
                        .filter(entry -> from == null || !entry.at().isBefore(from))
                        .sorted((one, other) -> Long.compare(other.index(), one.index()))
                        .toList();
                List<AuditEntry> page = matching.stream()
                        .filter(entry -> before == null || entry.index() < before)
                        .limit(limit == null ? 50 : limit)
                        .toList();
                boolean more = !page.isEmpty() && page.getLast().index() > matching.getLast().index();
                return new AuditPage(page, matching.size(), more ? page.getLast().index() : null);
            }

            @Override
            public AuditEntry entry(long index) {
                up();
                return found(entries.stream().filter(entry -> entry.index() == index).findFirst().orElse(null));
            }

            @Override
            public String proof(long index) {
                up();
                return "{\"entry\":" + index + "}";
            }

            @Override
            public SealStatus seal() {
                up();
                return new SealStatus(
                        entries.size(), 0,
                        new SealStatus.Checkpoint(8412, entries.size(), "9f3c71e0aa55".repeat(5) + "b24d", clock.instant().minusSeconds(7), "penstock\n", 2),
                        "penstock+1a2b3c4d+AbCd", lastVerification);
            }

            @Override
            public Verification verify() {
                up();
                lastVerification = new Verification(true, entries.size(), 8412, List.of(), clock.instant(), 312);
                return lastVerification;
            }
        };
    }

    Me persona() {
        return who.get().me();
    }

    /** What was ordered is done, and nobody is told so. */
    void answerOfOrder() {
        if (answersLost > 0) {
            answersLost--;
            throw new BackendProblem(Problem.INTERNAL, null, "0000-0503");
        }
    }

    void up() {
        BackendProblem problem = down;
        if (problem != null) {
            throw problem;
        }
    }

    boolean seen(TenantId tenant, ProjectId project, @Nullable TenantId wanted, @Nullable ProjectId wantedProject) {
        boolean mine = persona().tenants().stream()
                .filter(each -> each.id().equals(tenant))
                .flatMap(each -> each.projects().stream())
                .anyMatch(each -> each.id().equals(project));
        return mine && (wanted == null || wanted.equals(tenant)) && (wantedProject == null || wantedProject.equals(project));
    }

    SliceProfileView profile(String id) {
        return profiles.stream().filter(each -> each.id().equals(id)).findFirst()
                .orElseThrow(() -> new BackendProblem(Problem.UNKNOWN_PROFILE, "There is no profile “" + id + "”.", "aaaa-0003"));
    }

    String name(TenantId tenant) {
        return found(tenants.get(tenant)).name();
    }

    String projectName(ProjectId project) {
        return tenants.values().stream().flatMap(tenant -> tenant.projects().stream()).filter(each -> each.id().equals(project))
                .map(TenantView.Project::name).findFirst().orElse("?");
    }

    static <T> T found(@Nullable T thing) {
        if (thing == null) {
            throw new BackendProblem(Problem.NOT_FOUND, null, "0000-0404");
        }
        return Objects.requireNonNull(thing);
    }

    /** A slice with something changed. */
    private record Change(SliceView view) {

        static Change of(SliceView view) {
            return new Change(view);
        }

        SliceView state(SliceState state) {
            return copy(state, state == SliceState.READY ? null : view.reason(), view.readyAt(), view.leaseSeconds(), view.leaseEndsAt());
        }

        SliceView lease(long seconds, @Nullable Instant ends) {
            return copy(view.state(), view.reason(), view.readyAt(), seconds, ends);
        }

        SliceView ready(Instant at) {
            return copy(view.state(), null, at, view.leaseSeconds(), at.plusSeconds(view.leaseSeconds()));
        }

        /** It is being taken down to become that. */
        SliceView draining(SliceState into, @Nullable String reason) {
            return copy(SliceState.DRAINING, reason, view.readyAt(), view.leaseSeconds(), view.leaseEndsAt(), into);
        }

        private SliceView copy(SliceState state, @Nullable String reason, @Nullable Instant ready, long lease, @Nullable Instant ends) {
            return copy(state, reason, ready, lease, ends, null);
        }

        private SliceView copy(
                SliceState state, @Nullable String reason, @Nullable Instant ready, long lease, @Nullable Instant ends, @Nullable SliceState becomes) {
            return new SliceView(
                    view.id(), view.tenant(), view.tenantName(), view.project(), view.projectName(), view.request(), view.name(), view.profile(), state,
                    reason, view.phase(), view.node(), view.holder(), view.createdAt(), ready, lease, ends, view.endedAt(), view.gpuTime(), view.mayChange(), view.endpoint(), becomes,
                    state == SliceState.QUEUED ? view.queue() : null, view.givesBackAt(), view.startsAt());
        }
    }
}
