package dev.penstock.standalone.system;

import dev.penstock.contract.CallId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.MemberId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.MemberSpec;
import dev.penstock.contract.platform.ProjectSpec;
import dev.penstock.contract.platform.TenantSpec;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.KeyMade;
import dev.penstock.contract.quota.KeySpec;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.contract.quota.Window;
import dev.penstock.standalone.client.Api;
import dev.penstock.standalone.client.ModelClient;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

/** A tenant of a test's own with one project, to call the shared models from: what other tests do does not move its numbers. */
final class Lab {

    static final String CHAT = "qwen2.5-7b-instruct";
    static final String EMBEDDINGS = "bge-m3";

    private static final Duration TOLD = Duration.ofSeconds(20);
    private static final Duration MODELS_LOAD = Duration.ofSeconds(120);
    private static final Duration GATEWAY_KNOWS = Duration.ofSeconds(5);
    private static final Duration BOOKED = Duration.ofSeconds(20);
    private static final int MOST_TIMES = 4;

    private final RunningPenstock penstock;
    private final Api admin;
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final ProjectId project = new ProjectId(UUID.randomUUID());

    /** An administrator is its member too, so that no persona gets a second tenant in the portal. */
    Lab(RunningPenstock penstock, String name) {
        this.penstock = penstock;
        this.admin = penstock.as("admin");
        admin.tenants().put(tenant, new TenantSpec("lab-" + name + "-" + tenant.toString().substring(0, 6), "Lab " + name, "CC-0000", "Europe/Berlin", "EUR"));
        admin.tenants().putProject(tenant, project, new ProjectSpec("lab"));
        admin.tenants().putMember(tenant, new MemberId(UUID.randomUUID()), new MemberSpec(PrincipalKind.PERSON, "admin", TenantRole.MEMBER, project));
        Eventually.eventually("the shared models serve", MODELS_LOAD, () -> admin.endpoints().list(null, null).stream()
                .filter(endpoint -> endpoint.shared() && endpoint.state() == EndpointState.READY)
                .map(EndpointView::callName)
                .toList()
                .containsAll(List.of(CHAT, EMBEDDINGS)));
    }

    Api api() {
        return admin;
    }

    TenantId tenant() {
        return tenant;
    }

    ProjectId project() {
        return project;
    }

    String gateway() {
        return penstock.url("gateway");
    }

    /** A key that the gateway knows. */
    KeyMade key(String name) {
        AtomicReference<KeyMade> made = new AtomicReference<>();
        // quota-service learns of a project a moment after platform-backend did.
        Eventually.eventually("a key can be made", TOLD, () -> {
            try {
                made.set(admin.keys().make(tenant, project, new KeyId(UUID.randomUUID()), new KeySpec(name, null, null, null, null, null)));
                return true;
            } catch (RestClientException e) {
                return false;
            }
        });
        ModelClient caller = caller(made.get());
        Eventually.eventually("the gateway knows the key and the shared models", GATEWAY_KNOWS,
                () -> Stream.of(CHAT, EMBEDDINGS).allMatch(model -> caller.models().body().toString().contains("\"" + model + "\"")));
        return made.get();
    }

    ModelClient caller(KeyMade key) {
        return ModelClient.withKey(penstock.directory(), Objects.requireNonNull(key.secret()));
    }

    /** On the project. */
    LimitId limit(Meter meter, Window window, BigInteger amount) {
        LimitId limit = new LimitId(UUID.randomUUID());
        set(limit, meter, window, amount);
        return limit;
    }

    /** The same limit, lower or higher. */
    void set(LimitId limit, Meter meter, Window window, BigInteger amount) {
        put(limit, project, null, null, meter, window, amount);
    }

    void limitTenant(Meter meter, Window window, BigInteger amount) {
        put(new LimitId(UUID.randomUUID()), null, null, null, meter, window, amount);
    }

    void limitKey(KeyMade key, Meter meter, Window window, BigInteger amount) {
        put(new LimitId(UUID.randomUUID()), project, key.key().id(), null, meter, window, amount);
    }

    void limitModel(String model, Meter meter, Window window, BigInteger amount) {
        put(new LimitId(UUID.randomUUID()), project, null, List.of(model), meter, window, amount);
    }

    private void put(
            LimitId limit, @Nullable ProjectId of, @Nullable KeyId key, @Nullable List<String> models, Meter meter, Window window, BigInteger amount) {
        LimitSpec spec = new LimitSpec(of, key, null, meter, null, models, window, amount, true, null, "system test");
        patiently(() -> admin.limits().put(tenant, limit, spec));
    }

    LimitView limit(LimitId limit) {
        return patiently(() -> admin.limits().list(tenant)).stream().filter(each -> each.id().equals(limit)).findFirst().orElseThrow();
    }

    /** Asks again, which changes nothing: where thousands call all replicas of one machine at once, an answer may take longer than a client waits. */
    private static <T> T patiently(Supplier<T> ask) {
        for (int time = 1; ; time++) {
            try {
                return ask.get();
            } catch (ResourceAccessException e) {
                if (time == MOST_TIMES) {
                    throw e;
                }
            }
        }
    }

    /** The call's row, as soon as it is in the books. */
    CallRow row(CallId call) {
        AtomicReference<CallRow> row = new AtomicReference<>();
        Eventually.eventually("call " + call + " is in the books", BOOKED, () -> {
            Optional<CallRow> found = find(call);
            found.ifPresent(row::set);
            return found.isPresent();
        });
        return row.get();
    }

    private Optional<CallRow> find(CallId call) {
        Instant now = Instant.now();
        return admin.usage().calls(tenant, project, null, null, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)), false, null).calls().stream()
                .filter(row -> row.call().equals(call))
                .findFirst();
    }
}
