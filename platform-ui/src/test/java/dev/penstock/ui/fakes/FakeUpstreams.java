package dev.penstock.ui.fakes;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.DataClassSpec;
import dev.penstock.contract.quota.DataClassView;
import dev.penstock.contract.quota.DataClassesApi;
import dev.penstock.contract.quota.LimitField;
import dev.penstock.contract.quota.ModelClassView;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.contract.quota.UpstreamSpec;
import dev.penstock.contract.quota.UpstreamView;
import dev.penstock.contract.quota.UpstreamsApi;
import dev.penstock.ui.backend.BackendProblem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Servers outside of the house, and of which class projects' data is. */
public final class FakeUpstreams implements UpstreamsApi {

    /** By name. */
    public final SortedMap<String, UpstreamView> made = new TreeMap<>();

    /** Those that somebody declared. */
    public final Map<ProjectId, DataClassView> declared = new HashMap<>();

    /** What models of our own are given. */
    public final Map<EndpointId, ModelClassView> models = new LinkedHashMap<>();

    /** Keys that were given, in order; nobody is told them. */
    public final List<@Nullable String> keys = new ArrayList<>();

    private final FakeServices services;
    private final Clock clock;

    FakeUpstreams(FakeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** As an installation has them. */
    void fill() {
        made.clear();
        declared.clear();
        models.clear();
        keys.clear();
        add("openai-eu", 3, "https://eu.api.openai.example/v1", UpstreamDialect.OPENAI, DataClass.INTERNAL, List.of(
                model("gpt-5-mini", "gpt-5-mini-2026-05", 400_000), new UpstreamModel(
                        "gpt-5", "gpt-5-2026-05", List.of(ModelTask.CHAT), 400_000, 16_384, null, "cloud-gpt-5", DataClass.PUBLIC, LimitField.MAX_COMPLETION_TOKENS)),
                List.of("203.0.113.10", "203.0.113.11"), null);
        add("anthropic", 2, "https://api.anthropic.example/v1", UpstreamDialect.ANTHROPIC, DataClass.INTERNAL, List.of(model("sonnet", "sonnet-4-6", 200_000)),
                List.of("203.0.113.30"), null);
        add("mistral", 1, "https://api.mistral.example/v1", UpstreamDialect.OPENAI, DataClass.PUBLIC, List.of(model("mistral-large", "mistral-large-2512", 128_000)), List.of(),
                "10.0.0.7 is not an address of the public Internet, and its network is not in penstock.upstreams.allowed-networks");
        add("trial", 2, "https://models.trial.example/v1", UpstreamDialect.OPENAI, DataClass.PUBLIC, List.of(), List.of(), null);
        ofOurs(2, "research-vision/embed", 0, null, null);
        ofOurs(1, "research-vision/summarise-7b", 2, DataClass.INTERNAL, "its logs are read by the vendor");
        declared.put(Ids.VISION, new DataClassView(
                Ids.VISION, "research-vision", 2, DataClass.INTERNAL, "adele", clock.instant().minus(Duration.ofDays(9)), "pictures that are published anyway"));
    }

    private void ofOurs(int endpoint, String model, int version, @Nullable DataClass takes, @Nullable String reason) {
        models.put(Ids.endpoint(endpoint), new ModelClassView(
                Ids.endpoint(endpoint), model, Ids.VISION, "research-vision", version, takes, takes == null ? null : "adele",
                takes == null ? null : clock.instant().minus(Duration.ofDays(4)), reason));
    }

    private static UpstreamModel model(String name, String served, long context) {
        return new UpstreamModel(name, served, List.of(ModelTask.CHAT), context, 16_384, null, "cloud-" + name, null, LimitField.MAX_TOKENS);
    }

    private void add(
            String name, int version, String address, UpstreamDialect dialect, DataClass takes, List<UpstreamModel> models, List<String> reachedAt, @Nullable String problem) {
        made.put(name, new UpstreamView(name, version, address, dialect, takes, 100, models, reachedAt, problem, "adele", clock.instant().minus(Duration.ofDays(version))));
    }

    @Override
    public List<UpstreamView> list() {
        services.up();
        return List.copyOf(made.values());
    }

    @Override
    public UpstreamView make(String name, int version, UpstreamSpec spec) {
        services.up();
        UpstreamView last = made.get(name);
        int next = last == null ? 1 : last.version() + 1;
        if (version != next) {
            throw new BackendProblem(Problem.CHANGED_MEANWHILE, "The next version of " + name + " is " + next + ", not " + version + "; nothing was saved.", "77aa-0004");
        }
        keys.add(spec.providerKey());
        var view = new UpstreamView(
                name, version, spec.address(), spec.dialect(), spec.takes(), spec.mostUnderWay(), spec.models(), List.of("203.0.113.20"), null, services.persona().subject(), clock.instant());
        made.put(name, view);
        return view;
    }

    public DataClassesApi classes() {
        return new DataClassesApi() {
            @Override
            public List<DataClassView> list(TenantId tenant) {
                services.up();
                return FakeServices.found(services.tenants.get(tenant)).projects().stream()
                        .map(project -> declared.getOrDefault(project.id(), new DataClassView(project.id(), project.name(), 0, null, null, null, null)))
                        .toList();
            }

            @Override
            public DataClassView declare(TenantId tenant, ProjectId project, int version, DataClassSpec spec) {
                services.up();
                DataClassView last = list(tenant).stream().filter(view -> view.project().equals(project)).findFirst().orElseThrow();
                var view = new DataClassView(project, last.projectName(), version, spec.dataClass(), services.persona().subject(), clock.instant(), spec.reason());
                declared.put(project, view);
                return view;
            }

            @Override
            public List<ModelClassView> models(TenantId tenant) {
                services.up();
                return models.values().stream().filter(view -> tenant.equals(Ids.RESEARCH)).toList();
            }

            @Override
            public ModelClassView declareModel(TenantId tenant, EndpointId endpoint, int version, DataClassSpec spec) {
                services.up();
                ModelClassView last = FakeServices.found(models.get(endpoint));
                var view = new ModelClassView(
                        endpoint, last.model(), last.project(), last.projectName(), version, spec.dataClass(), services.persona().subject(), clock.instant(), spec.reason());
                models.put(endpoint, view);
                return view;
            }
        };
    }
}
