package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.api.FaultGate.Passage;
import dev.penstock.simulators.cluster.container.ModelContainers;
import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Faults;
import dev.penstock.simulators.cluster.kueue.Kueue;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.Exchange;
import dev.penstock.simulators.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers one request after the other: who asks, what for, does a fault strike, and then the deed. */
public final class ApiServer {

    private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");
    private static final String SELF_REVIEW = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private final byte[] token;
    private final FaultGate gate;
    private final FaultPaths faultPaths;
    private final Reads reads;
    private final Lists lists;
    private final Watching watching;
    private final Writes writes;
    private final AuditLog auditLog;
    private final Set<String> without;
    private final Kueue kueue;

    /**
     * The API over that registry.
     *
     * @param token the one bearer token that is accepted
     * @param bookmarks how often a quiet watch is told how far it is
     * @param auditLog where requests are kept
     * @param withClaims whether it knows claims of devices
     * @param kueue which may be installed, and may be so later
     */
    public ApiServer(Registry registry, Faults faults, String token, Duration bookmarks, Clock clock,
            ModelContainers models, AuditLog auditLog, boolean withClaims, Kueue kueue) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.gate = new FaultGate(faults);
        this.faultPaths = new FaultPaths(faults, registry.store(), kueue);
        this.reads = new Reads(registry.store(), models);
        this.lists = new Lists(registry.store());
        this.watching = new Watching(registry.store(), bookmarks, clock);
        this.writes = new Writes(registry);
        this.auditLog = auditLog;
        this.without = withClaims ? Set.of() : Set.of(Kinds.DEVICES);
        this.kueue = kueue;
        faults.onAdded(fault -> {
            if (fault instanceof Fault.ApiDown) {
                registry.store().cutWatches();
            }
        });
    }

    /** Answers the exchange. */
    public void handle(Exchange exchange) throws IOException, InterruptedException {
        try {
            answer(exchange);
        } catch (ApiFailure refused) {
            if (!exchange.isAnswered()) {
                Answers.failure(exchange, refused);
            }
        }
    }

    private void answer(Exchange exchange) throws IOException, InterruptedException {
        Request request = exchange.request();
        if (request.path().startsWith("/simulator/")) {
            authenticate(request);
            faultPaths.handle(exchange);
            return;
        }
        // 1. Does something go wrong before the request is even looked at?
        Target target = Target.of(request.path()).filter(known -> !unknown().contains(known.kind().group())).orElse(null);
        Passage passage = gate.pass(exchange, target);
        if (passage == Passage.DROPPED) {
            return;
        }
        // 2. Health and version are for everybody, as on a cluster.
        if (HEALTH.contains(request.path())) {
            Answers.text(exchange, 200, "ok");
            return;
        }
        if (!request.path().equals("/version")) {
            authenticate(request);
        }
        // 3. The deed; a lost answer is lost after it.
        if (passage == Passage.OPEN) {
            serveOnRecord(exchange, target);
            return;
        }
        try {
            if (target == null || !target.verb(request).equals("watch")) {
                serveOnRecord(exchange.muted(), target);
            }
        } finally {
            exchange.drop();
        }
    }

    /** Groups that are not served. */
    private Set<String> unknown() {
        if (kueue.isInstalled()) {
            return without;
        }
        Set<String> all = new HashSet<>(without);
        all.addAll(Set.of(Kinds.KUEUE, Kinds.KUEUE_VISIBILITY));
        return all;
    }

    private void authenticate(Request request) {
        String header = request.header("authorization");
        String given = header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : "";
        if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token)) {
            throw ApiFailure.unauthorized();
        }
    }

    /** A watch is on record from its beginning, everything else when it is known whether it was done. */
    private void serveOnRecord(Exchange exchange, @Nullable Target target) throws IOException, InterruptedException {
        if (target == null) {
            serve(exchange, null);
            return;
        }
        Request request = exchange.request();
        if (target.verb(request).equals("watch")) {
            record(target, request, true);
            serve(exchange, target);
            return;
        }
        boolean carriedOut = false;
        try {
            serve(exchange, target);
            carriedOut = true;
        } finally {
            record(target, request, carriedOut);
        }
    }

    private void record(Target target, Request request, boolean carriedOut) {
        auditLog.add(new AuditLog.Entry(
                target.verb(request), target.resource(), target.namespace(), target.name(), request.parameter("fieldValidation"), carriedOut));
    }

    private void serve(Exchange exchange, @Nullable Target target) throws IOException, InterruptedException {
        Request request = exchange.request();
        if (target == null) {
            serveOther(exchange);
            return;
        }
        switch (target.verb(request)) {
            case "get" -> reads.get(exchange, target);
            case "list" -> Answers.json(exchange, 200, lists.list(request, target));
            case "watch" -> watching.watch(exchange, target);
            case "create" -> writes.create(exchange, target);
            case "update" -> writes.update(exchange, target);
            case "patch" -> writes.patch(exchange, target);
            case "delete" -> writes.delete(exchange, target);
            case "deletecollection" -> writes.deleteCollection(exchange, target);
            default -> throw ApiFailure.methodNotAllowed();
        }
    }

    private void serveOther(Exchange exchange) throws IOException {
        String path = exchange.request().path();
        if (path.equals(SELF_REVIEW) && exchange.request().method().equals("POST")) {
            // There is one caller, and it may do everything.
            ObjectNode review = (ObjectNode) Bodies.json(exchange.request());
            Json.within(review, "status").put("allowed", true);
            Answers.json(exchange, 201, review);
            return;
        }
        Optional<ObjectNode> document = Discovery.at(path.endsWith("/") ? path.substring(0, path.length() - 1) : path, unknown());
        if (document.isEmpty()) {
            throw ApiFailure.noSuchPath();
        }
        Answers.json(exchange, 200, document.get());
    }
}
