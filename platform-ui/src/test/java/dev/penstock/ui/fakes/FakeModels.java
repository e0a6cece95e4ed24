package dev.penstock.ui.fakes;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.EndpointDetail;
import dev.penstock.contract.platform.EndpointLog;
import dev.penstock.contract.platform.EndpointSpec;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.contract.platform.ModelsApi;
import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.RequestPreview;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.CallableAlias;
import dev.penstock.contract.quota.CallableModel;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.GatewayView;
import dev.penstock.contract.quota.KeyCheck;
import dev.penstock.contract.quota.KeyFound;
import dev.penstock.contract.quota.KeyMade;
import dev.penstock.contract.quota.KeyOperation;
import dev.penstock.contract.quota.KeyReport;
import dev.penstock.contract.quota.KeyReportView;
import dev.penstock.contract.quota.KeyRotation;
import dev.penstock.contract.quota.KeySecret;
import dev.penstock.contract.quota.KeySpec;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.contract.quota.PriceBookSpec;
import dev.penstock.contract.quota.PriceBookView;
import dev.penstock.contract.quota.PriceSpec;
import dev.penstock.contract.quota.PricesApi;
import dev.penstock.ui.backend.BackendProblem;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Models, endpoints, keys, prices and the gateway, as far as screens see them. */
public final class FakeModels {

    public static final String ADDRESS = "https://models.example.org/v1";

    public final Map<String, ModelView> models = new LinkedHashMap<>();
    public final Map<EndpointId, EndpointDetail> endpoints = new LinkedHashMap<>();
    public final Map<KeyId, KeyView> keys = new LinkedHashMap<>();
    public final List<PriceBookView> books = new ArrayList<>();
    public final List<String> log = new ArrayList<>();

    /** The answer to a preview; null: policy agrees. */
    public @Nullable RequestPreview preview;

    private final FakeServices services;
    private final Clock clock;
    private int madeKeys;

    FakeModels(FakeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    void clear() {
        models.clear();
        endpoints.clear();
        keys.clear();
        books.clear();
        log.clear();
        preview = null;
    }

    public ModelsApi models() {
        return new ModelsApi() {
            @Override
            public List<ModelView> list() {
                services.up();
                return List.copyOf(models.values());
            }

            @Override
            public ModelView get(String model) {
                services.up();
                return FakeServices.found(models.get(model));
            }
        };
    }

    public PricesApi prices() {
        return new PricesApi() {
            @Override
            public List<PriceBookView> list() {
                services.up();
                return List.copyOf(books);
            }

            @Override
            public PriceBookView make(int version, PriceBookSpec spec) {
                services.up();
                throw new UnsupportedOperationException("no screen makes price books");
            }
        };
    }

    public GatewayApi gateway() {
        return (tenant, project) -> {
            services.up();
            return new GatewayView(ADDRESS, endpoints.values().stream()
                    .map(EndpointDetail::endpoint)
                    .filter(each -> each.state() == EndpointState.READY && (each.shared() || each.project().equals(project)))
                    .map(this::callable)
                    .toList(), List.of(new CallableAlias("chat-default", List.of("qwen2.5-7b-instruct"))));
        };
    }

    private CallableModel callable(EndpointView endpoint) {
        ModelView model = FakeServices.found(models.get(endpoint.model()));
        boolean priced = endpoint.shared() && !books.isEmpty();
        return new CallableModel(
                endpoint.callName(), endpoint.id(), endpoint.shared(), model.tasks(), endpoint.contextTokens(), 4096,
                priced ? "EUR" : null, price(priced, model, BilledMeter.INPUT), price(priced, model, BilledMeter.CACHE_READ),
                price(priced, model, BilledMeter.CACHE_WRITE), price(priced, model, BilledMeter.OUTPUT));
    }

    private @Nullable BigInteger price(boolean priced, ModelView model, BilledMeter meter) {
        return !priced
                ? null
                : books.getFirst().prices().stream()
                        .filter(each -> each.sku().equals(model.id()) && each.meter() == meter)
                        .map(PriceSpec::price)
                        .findFirst()
                        .orElse(null);
    }

    public EndpointsApi endpoints() {
        return new EndpointsApi() {
            @Override
            public List<EndpointView> list(@Nullable TenantId tenant, @Nullable ProjectId project) {
                services.up();
                return endpoints.values().stream()
                        .map(EndpointDetail::endpoint)
                        .filter(each -> each.state() != EndpointState.DELETED)
                        .filter(each -> each.shared() && tenant == null && project == null || services.seen(each.tenant(), each.project(), tenant, project))
                        .toList();
            }

            @Override
            public RequestPreview preview(TenantId tenant, ProjectId project, EndpointSpec spec) {
                services.up();
                SliceProfileView profile = services.profile(spec.profile());
                RequestPreview answer = preview;
                return answer != null
                        ? answer
                        : new RequestPreview(
                                PolicyCheck.Result.PASSES,
                                List.of(new PolicyCheck("gpu-time", PolicyCheck.Result.PASSES, "GPU time: within what policy approves at once")),
                                "", GpuTime.of(profile.parts(), Duration.ofSeconds(spec.leaseSeconds())), profile.free());
            }

            @Override
            public EndpointView create(TenantId tenant, ProjectId project, EndpointId endpoint, EndpointSpec spec) {
                services.up();
                if (endpoints.values().stream().anyMatch(each -> each.endpoint().name().equals(spec.name()))) {
                    throw new BackendProblem(Problem.NAME_TAKEN, "An endpoint of the project is called " + spec.name() + ".", "4e81-c07b");
                }
                boolean atOnce = preview(tenant, project, spec).outcome() == PolicyCheck.Result.PASSES;
                ModelView model = FakeServices.found(models.get(spec.model()));
                Instant now = clock.instant();
                var view = new EndpointView(
                        endpoint, tenant, services.name(tenant), project, services.projectName(project), spec.name(),
                        spec.shared() ? spec.name() : services.projectName(project) + "/" + spec.name(), model.id(), model.name(), "vLLM", spec.profile(),
                        spec.contextTokens(), spec.shared(), atOnce ? EndpointState.QUEUED : EndpointState.REQUESTED, null, null, null, null, null, now, now,
                        null, services.persona().subject(), now, true);
                return put(view, new EndpointDetail(view, List.of(), List.of(), "penstock-" + project), "Asked for by " + view.createdBy()).endpoint();
            }

            @Override
            public EndpointDetail get(TenantId tenant, EndpointId endpoint) {
                services.up();
                return FakeServices.found(endpoints.get(endpoint));
            }

            @Override
            public EndpointLog log(TenantId tenant, EndpointId endpoint) {
                services.up();
                return new EndpointLog(List.copyOf(log));
            }

            @Override
            public EndpointView start(TenantId tenant, EndpointId endpoint) {
                return moved(endpoint, EndpointState.QUEUED, null, null, "Start asked for");
            }

            @Override
            public EndpointView stop(TenantId tenant, EndpointId endpoint) {
                return moved(endpoint, EndpointState.STOPPING, null, null, "Stop asked for");
            }

            @Override
            public EndpointView delete(TenantId tenant, EndpointId endpoint) {
                return moved(endpoint, EndpointState.DELETING, null, null, "Deletion asked for");
            }
        };
    }

    /** Moves an endpoint on, as the reconciler would. */
    public EndpointView moved(EndpointId id, EndpointState state, @Nullable String reason, @Nullable Integer progress, String sentence) {
        services.up();
        EndpointDetail was = FakeServices.found(endpoints.get(id));
        EndpointView old = was.endpoint();
        Instant now = clock.instant();
        var view = new EndpointView(
                old.id(), old.tenant(), old.tenantName(), old.project(), old.projectName(), old.name(), old.callName(), old.model(), old.modelName(),
                old.engine(), old.profile(), old.contextTokens(), old.shared(), state, reason, progress, old.slice(), old.request(), old.node(),
                state == old.state() ? old.since() : now, old.startedAt(), state == EndpointState.READY ? now : old.readyAt(), old.createdBy(),
                old.createdAt(), old.mayChange());
        return put(view, was, sentence).endpoint();
    }

    private EndpointDetail put(EndpointView view, EndpointDetail before, String sentence) {
        var timeline = new ArrayList<>(before.timeline());
        timeline.add(new EndpointDetail.Step(clock.instant(), view.state(), sentence));
        var after = new EndpointDetail(view, timeline, before.events(), before.namespace());
        endpoints.put(view.id(), after);
        return after;
    }

    public KeysApi keys() {
        return new KeysApi() {
            @Override
            public List<KeyView> list(@Nullable TenantId tenant, @Nullable ProjectId project) {
                services.up();
                return keys.values().stream().filter(each -> services.seen(each.tenant(), each.project(), tenant, project)).toList();
            }

            @Override
            public List<KeyFound> check(KeyCheck check) {
                services.up();
                return keys.values().stream()
                        .filter(key -> check.texts().stream().anyMatch(text -> text.startsWith(key.start())))
                        .map(key -> new KeyFound(0, key.tenant(), key.project(), key.id(), key.start(), key.state() == KeyView.State.ACTIVE))
                        .toList();
            }

            @Override
            public KeyReportView report(KeyReport report, @Nullable TenantId tenant, @Nullable ProjectId project) {
                Instant before = clock.instant().minus(Duration.ofDays(90));
                return new KeyReportView(report, report == KeyReport.NEVER_USED ? 0 : 90, list(tenant, project).stream()
                        .filter(key -> key.state() == KeyView.State.ACTIVE)
                        .filter(key -> switch (report) {
                            case NEVER_USED -> key.lastUsedAt() == null;
                            case UNUSED -> key.lastUsedAt() != null && key.lastUsedAt().isBefore(before);
                            case OVERDUE -> key.secrets().getLast().madeAt().isBefore(before);
                        })
                        .toList());
            }

            @Override
            public KeyMade make(TenantId tenant, ProjectId project, KeyId key, KeySpec spec) {
                services.up();
                KeyView known = keys.get(key);
                if (known != null) {
                    return new KeyMade(known, null);
                }
                String start = "psk_7k2m9qd4x1c8" + String.format(Locale.ROOT, "%04d", ++madeKeys);
                var made = new KeyView(
                        key, tenant, services.name(tenant), project, services.projectName(project), spec.name(), start, KeyView.State.ACTIVE,
                        services.persona().subject(), clock.instant(), spec.expiresAt(), null, null, null, spec.models(),
                        words(spec.operations()), spec.networks(), spec.purpose(),
                        List.of(new KeySecret(start, clock.instant(), null, null)), true, true);
                keys.put(key, made);
                return new KeyMade(made, start + "_" + "onlyeverseenonce".repeat(2));
            }

            @Override
            public KeyView revoke(TenantId tenant, KeyId key) {
                services.up();
                KeyView was = FakeServices.found(keys.get(key));
                var is = new KeyView(
                        was.id(), was.tenant(), was.tenantName(), was.project(), was.projectName(), was.name(), was.start(), KeyView.State.REVOKED,
                        was.createdBy(), was.createdAt(), was.expiresAt(), clock.instant(), services.persona().subject(), was.lastUsedAt(), was.models(),
                        was.operations(), was.networks(), was.purpose(), List.of(), was.mayRotate(), false);
                keys.put(key, is);
                return is;
            }

            @Override
            public KeyMade rotate(TenantId tenant, KeyId key, KeyRotation rotation) {
                services.up();
                KeyView was = FakeServices.found(keys.get(key));
                String start = "psk_7k2m9qd4x1c8" + String.format(Locale.ROOT, "%04d", ++madeKeys);
                var secrets = new ArrayList<>(List.of(new KeySecret(start, clock.instant(), null, null)));
                long grace = Objects.requireNonNullElse(rotation.graceSeconds(), 0L);
                if (grace > 0) {
                    KeySecret old = was.secrets().getFirst();
                    secrets.add(new KeySecret(old.start(), old.madeAt(), clock.instant().plusSeconds(grace), old.lastUsedAt()));
                }
                return new KeyMade(put(was, secrets), start + "_" + "onlyeverseenonce".repeat(2));
            }

            @Override
            public KeyView endSecret(TenantId tenant, KeyId key, String start) {
                services.up();
                KeyView was = FakeServices.found(keys.get(key));
                return put(was, was.secrets().stream().filter(secret -> !secret.start().equals(start)).toList());
            }

            private KeyView put(KeyView was, List<KeySecret> secrets) {
                var is = new KeyView(
                        was.id(), was.tenant(), was.tenantName(), was.project(), was.projectName(), was.name(), secrets.getFirst().start(), was.state(),
                        was.createdBy(), was.createdAt(), was.expiresAt(), was.revokedAt(), was.revokedBy(), was.lastUsedAt(), was.models(),
                        was.operations(), was.networks(), was.purpose(), secrets, was.mayRotate(), was.mayChange());
                keys.put(is.id(), is);
                return is;
            }
        };
    }

    private static @Nullable List<String> words(@Nullable List<KeyOperation> operations) {
        return operations == null ? null : operations.stream().map(KeyOperation::word).toList();
    }
}
