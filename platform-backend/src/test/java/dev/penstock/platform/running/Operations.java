package dev.penstock.platform.running;

import dev.penstock.contract.MemberId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A valid call of each operation on one tenancy, on a thing of its own where it changes one: so each may be made by anybody at any time. */
public record Operations(Tenancy own) {

    private static final String SEVENTH = "h100-80.1g.10gb";
    private static final String MODEL = "qwen2.5-7b-instruct";

    /** A call ready to be sent. */
    public record Call(String method, String path, @Nullable Object body) {}

    /** @throws IllegalArgumentException for an operation nobody told how to call */
    public Call call(String operation) {
        String method = operation.substring(0, operation.indexOf(' '));
        String path = operation.substring(operation.indexOf(' ') + 1)
                .replace("{tenant}", own.tenant().toString())
                .replace("{project}", operation.endsWith("/projects/{project}") ? fresh() : own.project().toString());
        return switch (operation) {
            case "GET /api/me", "GET /api/live", "GET /api/tenants", "GET /api/tenants/{tenant}", "GET /api/slice-requests",
                    "GET /api/slices", "GET /api/slice-profiles", "GET /api/tenants/{tenant}/slice-profiles", "GET /api/fleet/nodes", "GET /api/fleet/room",
                    "GET /api/fleet/features", "GET /api/fleet/use", "GET /api/fleet/orders" -> new Call(method, path, null);
            case "GET /api/fleet/history" -> new Call(method, path + "?at=2026-01-01T00:00:00Z", null);
            case "GET /api/fleet/history/changes" -> new Call(method, path + "?from=2026-01-01T00:00:00Z&until=2026-01-08T00:00:00Z", null);
            case "GET /api/fleet/repack" -> new Call(method, path + "?mostStopped=0", null);
            case "PUT /api/fleet/repacks/{repack}" -> new Call(method, path.replace("{repack}", fresh()),
                    Map.of("mostStopped", 0, "fingerprint", "of another one", "nodes", List.of(), "stopped", List.of(), "noticeSeconds", 0));
            case "PUT /api/fleet/orders/{order}" -> new Call(method, path.replace("{order}", fresh()), Map.of("node", "gpu-01", "goal", "CLOSE", "noticeSeconds", 0));
            case "POST /api/fleet/orders/{order}/cancel", "POST /api/fleet/orders/{order}/retry", "POST /api/fleet/orders/{order}/give-up" ->
                new Call(method, path.replace("{order}", fresh()), null);
            case "PUT /api/tenants/{tenant}" -> new Call(method, path, own.spec(own.name()));
            case "PUT /api/tenants/{tenant}/projects/{project}" -> new Call(method, path, Map.of("name", "p-" + fresh().substring(28)));
            case "PUT /api/tenants/{tenant}/projects/{project}/moves/{move}" ->
                new Call(method, path.replace(own.project().toString(), project()).replace("{move}", fresh()), Map.of("to", own.platform().tenancy().tenant().toString()));
            case "PUT /api/tenants/{tenant}/members/{member}" -> new Call(method, path.replace("{member}", fresh()),
                    Map.of("kind", "PERSON", "principal", "new-" + fresh(), "role", "MEMBER"));
            case "DELETE /api/tenants/{tenant}/members/{member}" -> new Call(method, path.replace("{member}", member().toString()), null);
            case "PUT /api/tenants/{tenant}/policy" -> new Call(method, path, Map.of("approvesUpTo", 0, "longestLeaseSeconds", 604_800));
            case "GET /api/tenants/{tenant}/share" -> new Call(method, path, null);
            case "PUT /api/tenants/{tenant}/share" -> new Call(method, path, Map.of("weight", 2, "guaranteed", Map.of()));
            case "GET /api/delegations" -> new Call(method, path, null);
            case "PUT /api/tenants/{tenant}/delegations/{delegation}" -> new Call(method, path.replace("{delegation}", fresh()), delegation());
            case "POST /api/tenants/{tenant}/delegations/{delegation}/end" -> new Call(method, path.replace("{delegation}", given()), null);
            case "POST /api/tenants/{tenant}/projects/{project}/slice-requests/preview" -> new Call(method, path, spec());
            case "PUT /api/tenants/{tenant}/projects/{project}/slice-requests/{request}" -> new Call(method, path.replace("{request}", fresh()), spec());
            case "GET /api/tenants/{tenant}/slice-requests/{request}" -> new Call(method, path.replace("{request}", request().toString()), null);
            case "POST /api/tenants/{tenant}/slice-requests/{request}/approve",
                    "POST /api/tenants/{tenant}/slice-requests/{request}/reject",
                    "POST /api/tenants/{tenant}/slice-requests/{request}/withdraw" -> new Call(method, path.replace("{request}", request().toString()), Map.of("reason", "because"));
            case "GET /api/tenants/{tenant}/slices/{slice}" -> new Call(method, path.replace("{slice}", slice().toString()), null);
            case "POST /api/tenants/{tenant}/slices/{slice}/extend" -> new Call(method, path.replace("{slice}", slice().toString()), Map.of("leaseSeconds", 7200));
            case "GET /api/workspace-images" -> new Call(method, path, null);
            case "PUT /api/workspace-images/{image}" -> new Call(method, path.replace("{image}", "i-" + fresh().substring(24)), Map.of(
                    "kind", "JUPYTERLAB", "title", "An image", "reference", "registry.example/lab@sha256:" + "0123456789abcdef".repeat(4), "offered", true));
            case "POST /api/tenants/{tenant}/slices/{slice}/workspace/open" -> new Call(method, path.replace("{slice}", ready().toString()), null);
            case "POST /api/tenants/{tenant}/slices/{slice}/workspace/ssh-certificate" ->
                new Call(method, path.replace("{slice}", ready().toString()), Map.of("publicKey", "ssh-ed25519 AAAA", "minutes", 60));
            case "GET /api/idleness" -> new Call(method, path, null);
            case "POST /api/tenants/{tenant}/slices/{slice}/suspend", "POST /api/tenants/{tenant}/slices/{slice}/keep" ->
                new Call(method, path.replace("{slice}", ready().toString()), null);
            case "POST /api/tenants/{tenant}/slices/{slice}/resume", "POST /api/tenants/{tenant}/slices/{slice}/release" ->
                new Call(method, path.replace("{slice}", slice().toString()), null);
            case "GET /api/models", "GET /api/endpoints" -> new Call(method, path, null);
            case "GET /api/models/{model}" -> new Call(method, path.replace("{model}", MODEL), null);
            case "POST /api/tenants/{tenant}/projects/{project}/endpoints/preview" -> new Call(method, path, endpointSpec());
            case "PUT /api/tenants/{tenant}/projects/{project}/endpoints/{endpoint}" -> new Call(method, path.replace("{endpoint}", fresh()), endpointSpec());
            case "GET /api/tenants/{tenant}/endpoints/{endpoint}", "GET /api/tenants/{tenant}/endpoints/{endpoint}/log",
                    "POST /api/tenants/{tenant}/endpoints/{endpoint}/start", "POST /api/tenants/{tenant}/endpoints/{endpoint}/stop",
                    "DELETE /api/tenants/{tenant}/endpoints/{endpoint}" -> new Call(method, path.replace("{endpoint}", endpoint()), null);
            default -> throw new IllegalArgumentException("say how to call " + operation);
        };
    }

    /** One that nobody works in. */
    private String project() {
        String project = fresh();
        own.platform().mustPut(own.path() + "/projects/" + project, own.platform().admin(), Map.of("name", "m-" + project.substring(28)));
        return project;
    }

    private MemberId member() {
        return own.addMember("PERSON", "leaver-" + fresh(), "MEMBER", null);
    }

    /** Submitted by somebody who is none of those who will be asking. */
    private RequestId request() {
        RequestId request = new RequestId(UUID.fromString(fresh()));
        own.platform().mustPut(own.requests() + request, own.member("requester"), spec());
        return request;
    }

    /** By an owner who is none of those who will be asking. */
    private String given() {
        String delegation = fresh();
        own.platform().mustPut(own.path() + "/delegations/" + delegation, own.owner("delegator-" + delegation), delegation());
        return delegation;
    }

    private static Map<String, Object> delegation() {
        return Map.of("delegate", "deputy", "until", Instant.now().plus(Duration.ofDays(7)).toString());
    }

    /** A slice that waits in the queue. */
    private SliceId slice() {
        RequestId request = request();
        Answer approved = own.platform().post(own.path() + "/slice-requests/" + request + "/approve", own.platform().admin(), Map.of());
        return SliceId.of(approved.text("slice"));
    }

    /** One that is up, written behind the program's back: no cluster answers here. */
    private SliceId ready() {
        SliceId slice = slice();
        own.platform().sql("""
                update platform.slice set version = version + 1, state = 'READY', holds_room = false, ready_at = now(), next_attempt_at = now() + interval '1 day'
                 where id = '%s'""".formatted(slice));
        return slice;
    }

    /** One that waits for somebody's consent. */
    private String endpoint() {
        String endpoint = fresh();
        own.platform().mustPut(own.path() + "/projects/" + own.project() + "/endpoints/" + endpoint, own.member("requester"), endpointSpec());
        return endpoint;
    }

    private Map<String, Object> endpointSpec() {
        return Tenancy.endpoint("e-" + fresh().substring(24), MODEL, "h100-80.1g.20gb", 4096, false);
    }

    private Map<String, Object> spec() {
        return Tenancy.request("s-" + fresh().substring(24), SEVENTH, 3600);
    }

    private String fresh() {
        return own.platform().nextId().toString();
    }
}
