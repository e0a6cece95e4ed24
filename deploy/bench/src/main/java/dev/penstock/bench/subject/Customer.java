package dev.penstock.bench.subject;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.MemberId;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.MemberSpec;
import dev.penstock.contract.platform.ProjectSpec;
import dev.penstock.contract.platform.TenantSpec;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.CallTry;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.DataClassSpec;
import dev.penstock.contract.quota.KeyMade;
import dev.penstock.contract.quota.KeyOperation;
import dev.penstock.contract.quota.KeySpec;
import dev.penstock.contract.quota.LimitField;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.PriceBookSpec;
import dev.penstock.contract.quota.PriceBookView;
import dev.penstock.contract.quota.PriceSpec;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.RefusalPage;
import dev.penstock.contract.quota.RouteRegistration;
import dev.penstock.contract.quota.SteeringRule;
import dev.penstock.contract.quota.SteeringSpec;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.contract.quota.UpstreamSpec;
import dev.penstock.contract.quota.Window;
import dev.penstock.standalone.client.Api;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientException;

/**
 * A tenant with one project and a key, who pays for each token of the model at the upstream. Limits stand on the tenant, the project and the key, as an
 * enterprise has them: none is near, and each counts every call.
 */
public final class Customer {

    static final String MODEL = "bench-chat";

    private static final String SKU = "bench-chat";
    private static final String TENANT = "bench";
    private static final String ENGINE_KEY = "bench-engine-key";
    private static final String PERSON = "admin";
    private static final BigInteger MUCH = BigInteger.TEN.pow(9);
    private static final BigInteger MUCH_A_MINUTE = BigInteger.valueOf(100_000_000);
    private static final BigInteger PICO = BigInteger.TEN.pow(12);
    private static final Map<BilledMeter, Long> PRICES = Map.of(
            BilledMeter.INPUT, 200_000L, BilledMeter.CACHE_READ, 50_000L, BilledMeter.CACHE_WRITE, 200_000L, BilledMeter.OUTPUT, 600_000L);
    private static final long CONTEXT = 32_768;
    private static final long MOST_OUTPUT = 4_096;
    private static final int MOST_TRIED = 65_536;

    private final Installation installation;
    private final Child quotaService;
    private final Supplier<UUID> ids;
    private final Api admin;
    private final TenantId tenant;
    private final ProjectId project;

    /** @param quotaService the one that is told, which may take a moment to know of what platform-backend was told */
    Customer(Installation installation, Child quotaService, Supplier<UUID> ids) {
        this.installation = installation;
        this.quotaService = quotaService;
        this.ids = ids;
        this.admin = new Api(installation.directory(), PERSON);
        this.tenant = new TenantId(ids.get());
        this.project = new ProjectId(ids.get());
    }

    /**
     * Makes all of it, with a key and the model of the benchmarks.
     *
     * @return the key's secret
     */
    String open(String upstream) {
        found();
        KeyMade made = key(TENANT);
        limit(project, made.key().id());
        publish(MODEL, ModelTask.CHAT, upstream, ENGINE_KEY, MODEL);
        return Objects.requireNonNull(made.secret(), "a new key");
    }

    /** All but keys and models. */
    Customer found() {
        admin.tenants().put(tenant, new TenantSpec(TENANT, "Benchmark", "CC-0000", "Europe/Berlin", "EUR"));
        admin.tenants().putProject(tenant, project, new ProjectSpec(TENANT));
        admin.tenants().putMember(tenant, new MemberId(ids.get()), new MemberSpec(PrincipalKind.PERSON, PERSON, TenantRole.MEMBER, project));
        price();
        limit(null, null);
        limit(project, null);
        return this;
    }

    /** A key for everything, without a limit of its own. */
    public KeyMade key(String name) {
        KeyId key = new KeyId(ids.get());
        return eventually("a key", () -> admin.keys().make(tenant, project, key, new KeySpec(name, null, null, null, null, null)));
    }

    /** For good. */
    public void revoke(KeyMade key) {
        admin.keys().revoke(tenant, key.key().id());
    }

    /** From now on the key may be used for so many calls a month. */
    public void limitCalls(KeyMade key, long calls) {
        limit(project, key.key().id(), Meter.REQUESTS, Window.MONTH, BigInteger.valueOf(calls));
    }

    /** Of the member's own sign-in. */
    public String token() {
        return admin.token();
    }

    public ProjectId project() {
        return project;
    }

    /** Beside those of the development data. */
    private void price() {
        PriceBookView last = admin.prices().list().getFirst();
        List<PriceSpec> prices = new ArrayList<>(last.prices());
        PRICES.forEach((meter, price) -> prices.add(new PriceSpec(SKU, meter, BigInteger.valueOf(price))));
        admin.prices().make(last.version() + 1, new PriceBookSpec(null, last.currency(), prices, "benchmark"));
    }

    private void limit(@Nullable ProjectId of, @Nullable KeyId key) {
        limit(of, key, Meter.TOKENS, Window.MONTH, MUCH.multiply(MUCH));
        limit(of, key, Meter.MONEY, Window.MONTH, MUCH.multiply(PICO));
        limit(of, key, Meter.REQUESTS, Window.MINUTE, MUCH_A_MINUTE);
    }

    private void limit(@Nullable ProjectId of, @Nullable KeyId key, Meter meter, Window window, BigInteger amount) {
        LimitSpec spec = new LimitSpec(of, key, null, meter, null, null, window, amount, true, null, "benchmark");
        LimitId limit = new LimitId(ids.get());
        eventually("a limit", () -> admin.limits().put(tenant, limit, spec));
    }

    /**
     * As platform-backend tells it of an endpoint that is ready; of an engine that tells its usage in each chunk.
     *
     * @param served the name by which the engine knows it
     */
    public void publish(String model, ModelTask task, String upstream, String engineKey, String served) {
        RouteRegistration route = new RouteRegistration(
                1, project, model, true, upstream, engineKey, "vllm", served, List.of(task), CONTEXT, MOST_OUTPUT, 1, SKU, true);
        new ControlPlane(installation.directory()).routes().publish(tenant, new EndpointId(ids.get()), route);
    }

    /** A server outside of the house with one model; the project's data may go there. */
    public void upstream(String model, UpstreamDialect dialect, String url, String providerKey) {
        UpstreamModel served = new UpstreamModel(model, model, List.of(ModelTask.CHAT), CONTEXT, MOST_OUTPUT, 1, SKU, null, LimitField.MAX_TOKENS);
        UpstreamSpec spec = new UpstreamSpec(url + "/v1", dialect, providerKey, DataClass.INTERNAL, 1_000, List.of(served), "benchmark");
        eventually("an upstream", () -> admin.upstreams().make(model, 1, spec));
        eventually("a class of data", () -> admin.dataClasses().declare(tenant, project, 1, new DataClassSpec(DataClass.INTERNAL, "benchmark")));
    }

    /** Short calls for the one are answered by the other, if they say that they are for a benchmark. */
    public void policy(String asked, String use) {
        SteeringRule rule = new SteeringRule(List.of(asked), List.of("benchmark"), null, 10, use);
        eventually("a policy", () -> admin.steering().make(tenant, project, 1, new SteeringSpec(List.of(rule), null, "benchmark")));
    }

    /** Why calls were refused, each as whoever sees the project is told it. */
    public List<String> refusals() {
        List<String> all = new ArrayList<>();
        CallId before = null;
        RefusalPage page;
        do {
            page = admin.refusals().list(tenant, project, before);
            page.rows().forEach(row -> all.add(admin.refusals().explain(row.call()).toString()));
            before = page.more() ? page.rows().getLast().call() : null;
        } while (before != null);
        return all;
    }

    /** What would be decided of a call; empty for what cannot be tried. */
    public Optional<String> tried(String path, String body) {
        return operation(path).filter(operation -> body.length() >= 2 && body.length() <= MOST_TRIED)
                .map(operation -> admin.tries().decide(tenant, project, new CallTry(null, operation, body, Map.of("x-penstock-purpose", "benchmark"))).toString());
    }

    private static Optional<KeyOperation> operation(String path) {
        return Optional.ofNullable(switch (path) {
            case "/v1/chat/completions" -> KeyOperation.CHAT;
            case "/v1/completions" -> KeyOperation.COMPLETIONS;
            case "/v1/embeddings" -> KeyOperation.EMBEDDINGS;
            case "/v1/rerank" -> KeyOperation.RERANK;
            case "/v1/messages" -> KeyOperation.MESSAGES;
            case "/v1/messages/count_tokens" -> KeyOperation.COUNT_TOKENS;
            case "/v1/responses" -> KeyOperation.RESPONSES;
            default -> null;
        });
    }

    /** For what may be repeated. */
    private <T> T eventually(String what, Supplier<T> call) {
        AtomicReference<T> answer = new AtomicReference<>();
        Patience.await(what, quotaService, () -> {
            try {
                answer.set(call.get());
                return true;
            } catch (RestClientException e) {
                return false;
            }
        });
        return Objects.requireNonNull(answer.get(), what);
    }
}
