package dev.penstock.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.SliceId;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every operation, asked by everybody. An operation that is missing here fails {@link #everyOperationStandsInTheMatrix()}. */
class AuthorizationMatrixTest {

    /** "Other" is a member or owner of another tenant than the one asked about. */
    private static final String MATRIX = """
            operation                                               | anonymous | member | other member | owner | other owner | admin | auditor | finance | service
            PUT /api/registry/tenants/{tenant}                      | 401       | 403    | 403          | 403   | 403         | 403   | 403     | 403     | 200
            PUT /api/registry/moves/{move}                          | 401       | 403    | 403          | 403   | 403         | 403   | 403     | 403     | 200
            PUT /api/tenants/{tenant}/slices/{slice}/reservation    | 401       | 403    | 403          | 403   | 403         | 403   | 403     | 403     | 200
            DELETE /api/tenants/{tenant}/slices/{slice}/reservation | 401       | 403    | 403          | 403   | 403         | 403   | 403     | 403     | 200
            PUT /api/tenants/{tenant}/slices/{slice}/time/{phase}   | 401       | 403    | 403          | 403   | 403         | 403   | 403     | 403     | 200
            PUT /api/registry/tenants/{tenant}/routes/{endpoint}    | 401       | 403    | 403          | 403   | 403         | 403   | 403     | 403     | 200
            DELETE /api/registry/tenants/{tenant}/routes/{endpoint} | 401       | 403    | 403          | 403   | 403         | 403   | 403     | 403     | 200
            GET /api/keys                                           | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            GET /api/keys/reports/{report}                          | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            POST /api/keys/check                                    | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 403     | 403
            PUT /api/tenants/{tenant}/projects/{project}/keys/{key} | 401       | 200    | 404          | 200   | 404         | 403   | 403     | 403     | 403
            POST /api/tenants/{tenant}/keys/{key}/revoke            | 401       | 200    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            POST /api/tenants/{tenant}/keys/{key}/rotate            | 401       | 200    | 404          | 200   | 404         | 403   | 403     | 403     | 403
            POST /api/tenants/{tenant}/keys/{key}/secrets/{start}/end | 401     | 200    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            GET /api/tenants/{tenant}/projects/{project}/gateway    | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            POST /api/tenants/{tenant}/projects/{project}/tries     | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            GET /api/limits                                         | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            PUT /api/tenants/{tenant}/limits/{limit}                | 401       | 403    | 404          | 403   | 404         | 200   | 403     | 403     | 403
            DELETE /api/tenants/{tenant}/limits/{limit}             | 401       | 403    | 404          | 403   | 404         | 200   | 403     | 403     | 403
            GET /api/limit-requests                                 | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            PUT /api/tenants/{tenant}/limit-requests/{request}      | 401       | 200    | 404          | 200   | 404         | 403   | 403     | 403     | 403
            POST /api/tenants/{tenant}/limit-requests/{request}/approve | 401   | 403    | 404          | 403   | 404         | 200   | 403     | 403     | 403
            POST /api/tenants/{tenant}/limit-requests/{request}/reject | 401    | 403    | 404          | 403   | 404         | 200   | 403     | 403     | 403
            POST /api/tenants/{tenant}/limit-requests/{request}/withdraw | 401  | 403    | 404          | 403   | 404         | 403   | 403     | 403     | 403
            GET /api/live                                           | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            GET /api/prices                                         | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            PUT /api/prices/{version}                               | 401       | 403    | 403          | 403   | 403         | 200   | 403     | 200     | 403
            GET /api/aliases                                        | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 403     | 403
            PUT /api/aliases/{name}/{version}                       | 401       | 403    | 403          | 403   | 403         | 200   | 403     | 403     | 403
            GET /api/upstreams                                      | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 403     | 403
            PUT /api/upstreams/{name}/{version}                     | 401       | 403    | 403          | 403   | 403         | 200   | 403     | 403     | 403
            GET /api/tenants/{tenant}/data-classes                  | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            PUT /api/tenants/{tenant}/projects/{project}/data-class/{version} | 401 | 403 | 404        | 403   | 404         | 200   | 403     | 403     | 403
            GET /api/tenants/{tenant}/model-classes                 | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            PUT /api/tenants/{tenant}/endpoints/{endpoint}/data-class/{version} | 401 | 403 | 404      | 403   | 404         | 200   | 403     | 403     | 403
            GET /api/refusals/{call}                                | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            GET /api/tenants/{tenant}/projects/{project}/refusals   | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            GET /api/tenants/{tenant}/steering                      | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            PUT /api/tenants/{tenant}/projects/{project}/steering/{version} | 401 | 403  | 404          | 200   | 404         | 200   | 403     | 403     | 403
            GET /api/tenants/{tenant}/projects/{project}/steering/savings | 401 | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            POST /api/tenants/{tenant}/projects/{project}/steering/replay | 401 | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            GET /api/stops                                          | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 403     | 403
            PUT /api/stops/{stop}                                   | 401       | 403    | 403          | 403   | 403         | 200   | 403     | 403     | 403
            POST /api/stops/{stop}/lift                             | 401       | 403    | 403          | 403   | 403         | 200   | 403     | 403     | 403
            GET /api/usage/series                                   | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            GET /api/usage/calls                                    | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            GET /api/usage/calls.csv                                | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            GET /api/statements                                     | 401       | 403    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            GET /api/tenants/{tenant}/statements/{month}            | 401       | 403    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            GET /api/tenants/{tenant}/statements/{month}/lines/{line} | 401     | 403    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            GET /api/health                                         | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 403     | 403
            PUT /api/replicas/{replica}/journals/{journal}/write-off | 401      | 403    | 403          | 403   | 403         | 200   | 403     | 403     | 403
            GET /api/audit/entries                                  | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 403     | 403
            GET /api/audit/entries/{index}                          | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 403     | 403
            GET /api/audit/entries/{index}/proof                    | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 403     | 403
            GET /api/audit/seal                                     | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 403     | 403
            POST /api/audit/verifications                           | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 403     | 403
            GET /api/audit/bundle                                   | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 403     | 403
            """;

    private static final RunningService SERVICE = RunningService.get();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static TestTenant tenant;
    private static TestTenant another;

    @BeforeAll
    static void twoTenantsAndASealedTrail() {
        tenant = TestTenant.register().unlimited();
        another = TestTenant.register().unlimited();
        await().atMost(Duration.ofSeconds(30)).until(
                () -> SERVICE.send(SERVICE.admin(), "GET", "/api/audit/entries/0/proof", null).status() == 200);
    }

    static Stream<Arguments> matrix() {
        List<String[]> rows = MATRIX.lines().map(line -> line.split("\\|")).toList();
        List<Arguments> cells = new ArrayList<>();
        for (String[] row : rows.subList(1, rows.size())) {
            for (int column = 1; column < row.length; column++) {
                cells.add(Arguments.of(row[0].trim(), rows.getFirst()[column].trim(), Integer.parseInt(row[column].trim())));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0} by {1}: {2}")
    @MethodSource("matrix")
    void whoMayDoWhat(String operation, String role, int expected) throws Exception {
        Request request = request(operation);
        assertThat(status(token(role), request)).isEqualTo(expected);
    }

    @Test
    void everyOperationStandsInTheMatrix() {
        Set<String> offered = new TreeSet<>();
        SERVICE.context().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, method) -> {
            if (method.getBeanType().getName().startsWith("dev.penstock.")) {
                mapping.getMethodsCondition().getMethods().forEach(
                        verb -> mapping.getPatternValues().forEach(pattern -> offered.add(verb + " " + pattern)));
            }
        });
        Set<String> listed = new TreeSet<>();
        matrix().forEach(cell -> listed.add((String) cell.get()[0]));
        assertThat(listed).isEqualTo(offered);
    }

    /** Each scope opens its own operations and no other. */
    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            PUT /api/registry/tenants/{tenant}                      | quota.registry     | 200
            PUT /api/registry/tenants/{tenant}                      | quota.reservations | 403
            PUT /api/registry/tenants/{tenant}                      | quota.slice-time   | 403
            PUT /api/registry/moves/{move}                          | quota.registry     | 200
            PUT /api/registry/moves/{move}                          | quota.routes       | 403
            PUT /api/tenants/{tenant}/slices/{slice}/reservation    | quota.registry     | 403
            PUT /api/tenants/{tenant}/slices/{slice}/reservation    | quota.reservations | 200
            PUT /api/tenants/{tenant}/slices/{slice}/reservation    | quota.slice-time   | 403
            DELETE /api/tenants/{tenant}/slices/{slice}/reservation | quota.registry     | 403
            DELETE /api/tenants/{tenant}/slices/{slice}/reservation | quota.reservations | 200
            DELETE /api/tenants/{tenant}/slices/{slice}/reservation | quota.slice-time   | 403
            PUT /api/tenants/{tenant}/slices/{slice}/time/{phase}   | quota.registry     | 403
            PUT /api/tenants/{tenant}/slices/{slice}/time/{phase}   | quota.reservations | 403
            PUT /api/tenants/{tenant}/slices/{slice}/time/{phase}   | quota.slice-time   | 200
            PUT /api/registry/tenants/{tenant}/routes/{endpoint}    | quota.registry     | 403
            PUT /api/registry/tenants/{tenant}/routes/{endpoint}    | quota.routes       | 200
            DELETE /api/registry/tenants/{tenant}/routes/{endpoint} | quota.slice-time   | 403
            DELETE /api/registry/tenants/{tenant}/routes/{endpoint} | quota.routes       | 200
            PUT /api/registry/tenants/{tenant}                      | quota.routes       | 403
            """)
    void aServiceMayDoWhatItsScopeSays(String operation, String scope, int expected) throws Exception {
        assertThat(status(SERVICE.issuer().service("somebody", scope), request(operation))).isEqualTo(expected);
    }

    /** A service whose token happens to carry an administrator's group stays a service. */
    @Test
    void groupsGiveAServiceNothing() throws Exception {
        String token = SERVICE.issuer().spoilt("platform-backend", claims -> claims
                .claim("scope", List.of("quota.registry")).claim("groups", List.of("penstock-admins", tenant.memberGroup())));
        assertThat(status(token, request("PUT /api/tenants/{tenant}/limits/{limit}"))).isEqualTo(403);
        assertThat(status(token, request("GET /api/limits"))).isEqualTo(403);
        assertThat(status(token, request("GET /api/audit/entries"))).isEqualTo(403);
        assertThat(status(token, request("GET /api/live"))).isEqualTo(403);
    }

    /** What belongs to another tenant is answered exactly like what does not exist. */
    @ParameterizedTest
    @CsvSource({"GET, /api/limits?tenant=%s", "PUT, /api/tenants/%s/limits/00000000-0000-0000-0000-000000000001", "DELETE, /api/tenants/%s/limits/00000000-0000-0000-0000-000000000001"})
    void anotherTenantsThingDoesNotExist(String method, String path) {
        String member = SERVICE.issuer().person("someone", another.memberGroup());
        String body = method.equals("PUT") ? "{\"meter\": \"GPU_TIME\", \"window\": \"MONTH\", \"amount\": 1}" : null;
        Answer existing = SERVICE.send(member, method, path.formatted(tenant.id()), body).isProblem(404, "not_found");
        Answer missing = SERVICE.send(member, method, path.formatted(UUID.randomUUID()), body).isProblem(404, "not_found");
        assertThat(existing.detail()).isEqualTo(missing.detail());
        assertThat(existing.body().propertyNames()).isEqualTo(missing.body().propertyNames());
    }

    private record Request(String method, String path, @Nullable String body) {}

    /** One that succeeds if it is allowed. */
    private static Request request(String operation) {
        String method = operation.substring(0, operation.indexOf(' '));
        String pattern = operation.substring(operation.indexOf(' ') + 1);
        SliceId slice = TestTenant.newSlice();
        LimitId limit = new LimitId(UUID.randomUUID());
        String start = "none";
        Object endpoint = slice;
        String body = switch (operation) {
            case "PUT /api/registry/tenants/{tenant}" ->
                "{\"version\": 1, \"name\": \"%s\", \"timeZone\": \"UTC\", \"currency\": \"EUR\", \"projects\": [], \"members\": []}".formatted(tenant.name());
            case "PUT /api/registry/moves/{move}" -> """
                    {"project": "%1$s", "from": "%2$s", "to": "%3$s",
                     "left": {"version": 1, "name": "l-%2$s", "timeZone": "UTC", "currency": "EUR", "projects": [], "members": []},
                     "joined": {"version": 1, "name": "j-%3$s", "timeZone": "UTC", "currency": "EUR", "projects": [{"id": "%1$s", "name": "moved"}], "members": []}}"""
                    .formatted(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
            case "PUT /api/tenants/{tenant}/slices/{slice}/reservation" ->
                "{\"project\": \"%s\", \"profile\": \"%s\", \"parts\": 1, \"leaseSeconds\": 60}".formatted(tenant.project(), TestTenant.PROFILE);
            case "PUT /api/tenants/{tenant}/slices/{slice}/time/{phase}" -> {
                tenant.reserve(slice, 60).is(200);
                yield "{\"startedAt\": \"%s\", \"seconds\": 1}".formatted(SERVICE.bean(AdjustableClock.class).instant());
            }
            case "PUT /api/tenants/{tenant}/limits/{limit}" ->
                "{\"meter\": \"SLICES\", \"profile\": \"%s\", \"window\": \"NOW\", \"amount\": 1}".formatted(limit);
            case "DELETE /api/tenants/{tenant}/limits/{limit}" -> {
                tenant.limit(limit, null, "SLICES", "to-remove-" + limit, 1L).is(200);
                yield null;
            }
            case "PUT /api/tenants/{tenant}/limit-requests/{request}" -> more(limit);
            case "POST /api/tenants/{tenant}/limit-requests/{request}/approve" -> {
                asked(slice, limit);
                yield "{\"present\": 1, \"amount\": 2}";
            }
            case "POST /api/tenants/{tenant}/limit-requests/{request}/reject" -> {
                asked(slice, limit);
                yield "{\"words\": \"of the matrix\"}";
            }
            case "POST /api/tenants/{tenant}/limit-requests/{request}/withdraw" -> {
                asked(slice, limit);
                yield null;
            }
            case "PUT /api/registry/tenants/{tenant}/routes/{endpoint}" -> """
                    {"version": 1, "project": "%s", "model": "vision/%s", "shared": false, "address": "http://10.0.0.1:8000", "engineKey": "k", "engine": "vllm",
                     "servedModel": "m", "tasks": ["CHAT"], "contextTokens": 10, "maxOutputTokens": 10, "sku": "s", "serving": true}"""
                    .formatted(tenant.project(), slice);
            case "PUT /api/tenants/{tenant}/projects/{project}/keys/{key}" -> "{\"name\": \"of the matrix\"}";
            case "POST /api/tenants/{tenant}/keys/{key}/revoke" -> {
                makeKey(slice);
                yield null;
            }
            case "POST /api/tenants/{tenant}/keys/{key}/rotate" -> {
                makeKey(slice);
                yield "{}";
            }
            case "POST /api/tenants/{tenant}/keys/{key}/secrets/{start}/end" -> {
                start = makeKey(slice);
                SERVICE.send(SERVICE.issuer().person(tenant.owner()), "POST", "/api/tenants/" + tenant.id() + "/keys/" + slice + "/rotate", "{}").is(200);
                yield null;
            }
            case "PUT /api/replicas/{replica}/journals/{journal}/write-off" -> {
                SERVICE.execute("""
                        insert into quota.replica (name, epoch, started_at, seen_at) values ('%1$s', 1, now() - interval '1 day', now() - interval '1 day');
                        insert into quota.life (replica, epoch, journal, as_of) values ('%1$s', 1, '%1$s', now() - interval '1 day')""".formatted(slice));
                yield "{\"reason\": \"its disk is broken\"}";
            }
            case "PUT /api/aliases/{name}/{version}" -> "{\"strategy\": \"WEIGHTED\", \"targets\": []}";
            case "POST /api/tenants/{tenant}/projects/{project}/tries" -> "{\"operation\": \"CHAT\", \"body\": \"{}\", \"headers\": {}}";
            case "POST /api/keys/check" -> "{\"texts\": [\"psk_of_the_matrix\"]}";
            case "PUT /api/upstreams/{name}/{version}" -> "{\"address\": \"https://models.example/v1\", \"takes\": \"PUBLIC\", \"mostUnderWay\": 1, \"models\": []}";
            case "PUT /api/tenants/{tenant}/projects/{project}/data-class/{version}" -> "{\"dataClass\": \"RESTRICTED\", \"reason\": \"of the matrix\"}";
            case "PUT /api/tenants/{tenant}/endpoints/{endpoint}/data-class/{version}" -> {
                Request route = request("PUT /api/registry/tenants/{tenant}/routes/{endpoint}");
                endpoint = route.path().substring(route.path().lastIndexOf('/') + 1, route.path().indexOf('?'));
                SERVICE.send(SERVICE.service(), route.method(), route.path(), route.body()).is(200);
                yield "{\"dataClass\": \"RESTRICTED\", \"reason\": \"of the matrix\"}";
            }
            case "PUT /api/stops/{stop}" -> "{\"tenant\": \"%s\", \"reason\": \"of the matrix\"}".formatted(TestTenant.register().id());
            case "POST /api/stops/{stop}/lift" -> {
                SERVICE.send(SERVICE.admin(), "PUT", "/api/stops/" + slice, "{\"tenant\": \"%s\", \"reason\": \"of the matrix\"}".formatted(TestTenant.register().id())).is(200);
                yield "{\"reason\": \"of the matrix\"}";
            }
            case "PUT /api/tenants/{tenant}/projects/{project}/steering/{version}" -> "{\"rules\": [], \"ladder\": null, \"reason\": \"of the matrix\"}";
            case "POST /api/tenants/{tenant}/projects/{project}/steering/replay" -> "{\"rules\": [], \"days\": 1}";
            case "PUT /api/prices/{version}" -> "{\"currency\": \"EUR\", \"prices\": []}";
            default -> null;
        };
        Map<String, Object> values = new LinkedHashMap<>(Map.of("tenant", tenant.id(), "slice", slice, "limit", limit, "phase", 1, "index", 0));
        values.put("name", "of-the-matrix-" + slice);
        values.put("version", Stream.of("/aliases/", "/upstreams/", "/data-class/", "/steering/").anyMatch(pattern::contains) ? "1" : SERVICE.column("select coalesce(max(version), 0) + 1 from quota.price_book").getFirst());
        values.put("project", tenant.project());
        values.put("key", slice);
        values.put("stop", slice);
        values.put("request", slice);
        values.put("start", start);
        values.put("report", "UNUSED");
        values.put("endpoint", endpoint);
        values.put("replica", slice);
        values.put("journal", slice);
        values.put("move", slice);
        values.put("call", pattern.contains("/refusals/{call}") ? refused() : slice);
        values.put("month", "2021-02");
        values.put("line", tenant.project() + ".INPUT.1.eA");
        for (Map.Entry<String, Object> value : values.entrySet()) {
            pattern = pattern.replace("{" + value.getKey() + "}", value.getValue().toString());
        }
        return new Request(method, pattern + query(pattern), body);
    }

    /** @return what to ask for */
    private static String more(LimitId limit) {
        tenant.limit(limit, null, "SLICES", "more-of-" + limit, 1L).is(200);
        return "{\"limit\": \"%s\", \"project\": \"%s\", \"amount\": 2, \"reason\": \"of the matrix\"}".formatted(limit, tenant.project());
    }

    /** By a person who is nobody in the matrix. */
    private static void asked(SliceId request, LimitId limit) {
        String asker = SERVICE.issuer().person("asker-" + request, tenant.memberGroup());
        SERVICE.send(asker, "PUT", "/api/tenants/" + tenant.id() + "/limit-requests/" + request, more(limit)).is(200);
    }

    /** @return the call's id */
    private static String refused() {
        String call = UUID.randomUUID().toString();
        SERVICE.execute("""
                insert into quota.refusal (tenant_id, call_id, at, project_id, person, operation, status)
                values ('%s', '%s', '%s', '%s', 'somebody', 'chat', 404)""".formatted(tenant.id(), call, SERVICE.bean(AdjustableClock.class).instant(), tenant.project()));
        return call;
    }

    /** @return how its secret starts */
    private static String makeKey(Object id) {
        return SERVICE.send(SERVICE.issuer().person(tenant.owner()), "PUT", "/api/tenants/" + tenant.id() + "/projects/" + tenant.project() + "/keys/" + id,
                "{\"name\": \"of the matrix\"}").is(200).body().path("key").path("start").asString();
    }

    private static @Nullable String token(String role) {
        return switch (role) {
            case "anonymous" -> null;
            case "member" -> SERVICE.issuer().person("someone", tenant.memberGroup());
            case "other member" -> SERVICE.issuer().person("someone", another.memberGroup());
            case "owner" -> SERVICE.issuer().person(tenant.owner());
            case "other owner" -> SERVICE.issuer().person(another.owner());
            case "admin" -> SERVICE.admin();
            case "auditor" -> SERVICE.issuer().person("auditor", "penstock-auditors");
            case "finance" -> SERVICE.issuer().person("finance", "penstock-finance");
            case "service" -> SERVICE.service();
            default -> throw new IllegalArgumentException(role);
        };
    }

    private static String query(String path) {
        String range = "&from=2021-02-01T00:00:00Z&to=2021-02-02T00:00:00Z";
        return switch (path) {
            case "/api/limits", "/api/limit-requests", "/api/statements", "/api/keys", "/api/keys/reports/UNUSED" -> "?tenant=" + tenant.id();
            case "/api/usage/calls", "/api/usage/calls.csv" -> "?tenant=" + tenant.id() + range;
            case String savings when savings.endsWith("/steering/savings") -> range.replaceFirst("&", "?");
            case "/api/usage/series" -> "?tenant=" + tenant.id() + range + "&bucket=DAY&by=MODEL";
            default -> path.contains("/routes/") ? "?version=1" : "";
        };
    }

    /** Only the status: a stream of changes has no end to wait for. */
    private static int status(@Nullable String token, Request asked) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(SERVICE.address() + asked.path())).header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        request.method(asked.method(), asked.body() == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(asked.body()));
        HttpResponse<InputStream> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }
}
