package dev.penstock.platform.running;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.MoveId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.MoveRegistration;
import dev.penstock.contract.quota.ReservationSpec;
import dev.penstock.contract.quota.RouteRegistration;
import dev.penstock.contract.quota.SliceTime;
import dev.penstock.contract.quota.TenantRegistration;
import dev.penstock.contract.quota.Window;
import dev.penstock.frame.testing.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * quota-service as platform-backend sees it from outside, and the token endpoint of the identity provider. A tenant whose limits were not
 * set here has none that bind, for every profile.
 */
public final class QuotaFake implements AutoCloseable {

    /** One call it received. */
    public record Received(String method, String path, String authorization) {}

    private static final String SLICE = "/api/tenants/[^/]+/slices/[^/]+/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final TestIssuer issuer;
    private final Map<TenantId, List<LimitView>> limits = new ConcurrentHashMap<>();
    private final Map<TenantId, TenantRegistration> registered = new ConcurrentHashMap<>();
    private final Map<MoveId, MoveRegistration> moves = new ConcurrentHashMap<>();
    private final Map<String, RouteRegistration> routes = new ConcurrentHashMap<>();
    private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final PlayedReservations reservations = new PlayedReservations();
    private volatile int brokenStatus;
    private volatile boolean silent;
    private volatile boolean halting;

    private QuotaFake(HttpServer server, TestIssuer issuer) {
        this.server = server;
        this.issuer = issuer;
    }

    public static QuotaFake start(TestIssuer issuer) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            QuotaFake fake = new QuotaFake(server, issuer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/token", fake::token);
            server.createContext("/api/", fake::api);
            server.start();
            return fake;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** From now on every call is answered with this status and nothing usable; 0: works again. */
    public void answerWith(int status) {
        brokenStatus = status;
    }

    /** Whether connections are dropped without an answer. */
    public void silent(boolean silent) {
        this.silent = silent;
    }

    /** Whether answers break off after they have begun. */
    public void halting(boolean halting) {
        this.halting = halting;
    }

    public void setLimits(TenantId tenant, List<LimitView> limits) {
        this.limits.put(tenant, List.copyOf(limits));
    }

    public Optional<TenantRegistration> registered(TenantId tenant) {
        return Optional.ofNullable(registered.get(tenant));
    }

    public Optional<MoveRegistration> move(MoveId move) {
        return Optional.ofNullable(moves.get(move));
    }

    public Optional<RouteRegistration> route(EndpointId endpoint) {
        return Optional.ofNullable(routes.get(endpoint.toString()));
    }

    public boolean isWithdrawn(EndpointId endpoint) {
        return withdrawn.contains(endpoint.toString());
    }

    public PlayedReservations reservations() {
        return reservations;
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    /** A limit with its use; {@code project} null: on the tenant. */
    public static LimitView slices(TenantId tenant, @Nullable ProjectId project, String profile, @Nullable Long amount, long held) {
        return new LimitView(new LimitId(new UUID(9, profile.hashCode())), tenant, "t", project, null, null, null, null, Meter.SLICES, profile, null, Window.NOW,
                amount == null ? null : BigInteger.valueOf(amount), true, null, BigInteger.ZERO, BigInteger.valueOf(held), null, null, List.of());
    }

    public static LimitView gpuTime(TenantId tenant, @Nullable ProjectId project, @Nullable Long amount, long used, @Nullable Instant resets) {
        return new LimitView(new LimitId(new UUID(9, 1)), tenant, "t", project, null, null, null, null, Meter.GPU_TIME, null, null, Window.MONTH,
                amount == null ? null : BigInteger.valueOf(amount), true, null, BigInteger.valueOf(used), BigInteger.ZERO, null, resets, List.of());
    }

    /** The same, refusing nothing. */
    public static LimitView soft(LimitView limit) {
        return new LimitView(
                limit.id(), limit.tenant(), limit.tenantName(), limit.project(), limit.projectName(), limit.key(), limit.keyName(), limit.person(), limit.meter(),
                limit.profile(), limit.models(), limit.window(), limit.amount(), false, limit.softPercent(), limit.used(), limit.setAside(),
                limit.periodStart(), limit.resets(), limit.warnings());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void token(HttpExchange exchange) throws IOException {
        String token = issuer.service("platform-backend", "quota.registry", "quota.reservations", "quota.slice-time", "quota.routes");
        answer(exchange, 200, Map.of("access_token", token, "token_type", "Bearer", "expires_in", 300));
    }

    private void api(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        received.add(new Received(exchange.getRequestMethod(), path, String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
        if (silent) {
            exchange.close();
        } else if (halting) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            throw new IOException("breaks off");
        } else if (brokenStatus != 0) {
            answer(exchange, brokenStatus, Map.of());
        } else if (path.matches("/api/registry/tenants/[^/]+/routes/[^/]+")) {
            route(exchange, path.substring(path.lastIndexOf('/') + 1), body);
        } else if (path.startsWith("/api/registry/moves/")) {
            MoveRegistration move = JSON.readValue(body, MoveRegistration.class);
            registered.put(move.from(), move.left());
            registered.put(move.to(), move.joined());
            moves.put(MoveId.of(path.substring("/api/registry/moves/".length())), move);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else if (path.startsWith("/api/registry/tenants/")) {
            registered.put(TenantId.of(path.substring("/api/registry/tenants/".length())), JSON.readValue(body, TenantRegistration.class));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else if (path.matches(SLICE + "(reservation|time/\\d+)")) {
            slice(exchange, path.split("/"), body);
        } else if (path.equals("/api/limits")) {
            TenantId tenant = TenantId.of(exchange.getRequestURI().getQuery().substring("tenant=".length()));
            answer(exchange, 200, limits.getOrDefault(tenant, unlimited(tenant)));
        } else {
            answer(exchange, 404, Map.of("code", "not_found", "detail", "not played here"));
        }
    }

    /** Replaces what is known unless that is later; what was withdrawn stays away. */
    private void route(HttpExchange exchange, String endpoint, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("DELETE")) {
            routes.remove(endpoint);
            withdrawn.add(endpoint);
        } else if (!withdrawn.contains(endpoint)) {
            routes.merge(endpoint, JSON.readValue(body, RouteRegistration.class), (known, told) -> told.version() > known.version() ? told : known);
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    /** {@code /api/tenants/<tenant>/slices/<slice>/reservation} or {@code …/time/<phase>}. */
    private void slice(HttpExchange exchange, String[] path, byte[] body) throws IOException {
        PlayedReservations.Reply reply = switch (exchange.getRequestMethod() + " " + path[6]) {
            case "PUT reservation" -> reservations.reserve(path[5], JSON.readValue(body, ReservationSpec.class));
            case "DELETE reservation" -> reservations.release(path[5]);
            case "PUT time" -> reservations.time(path[5], Integer.parseInt(path[7]), JSON.readValue(body, SliceTime.class));
            default -> new PlayedReservations.Reply(405, Map.of());
        };
        if (reply.status() == 204) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else {
            answer(exchange, reply.status(), reply.body());
        }
    }

    private static List<LimitView> unlimited(TenantId tenant) {
        List<LimitView> all = new ArrayList<>();
        for (String profile : List.of(
                "h100-80.1g.10gb", "h100-80.1g.20gb", "h100-80.whole", "h100-80.whole-x2", "h100-80.time-sliced-4", "h100-80.mps-4", "h100-80.hami-4",
                "h200-141.mps-4",
                "h100-80.dra-1g.10gb", "h100-80.dra-whole-x2", "h200-141.1g.18gb")) {
            all.add(slices(tenant, null, profile, null, 0));
        }
        all.add(gpuTime(tenant, null, null, 0, null));
        return all;
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] json = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", status < 400 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, json.length);
        try (exchange; var out = exchange.getResponseBody()) {
            out.write(json);
        }
    }
}
