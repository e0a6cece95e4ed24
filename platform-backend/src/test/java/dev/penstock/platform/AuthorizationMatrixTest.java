package dev.penstock.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.AuditRow;
import dev.penstock.platform.running.Operations;
import dev.penstock.platform.running.Operations.Call;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every operation × everybody. No cluster answers here, so whoever may read a log is told that, by a 503; nobody sees a
 * node, so whoever may order something of one is told that there is none, and a proposal is never the one that was shown. {@code member} and {@code owner} have their role in the tenant that is asked about, {@code other-…} in
 * another one. An operation that is not in the table fails the build, and so does a row without an operation.
 */
class AuthorizationMatrixTest {

    private static final String MATRIX = """
            operation                                                                        | anonymous | member | other-member | owner | other-owner | admin | auditor | finance | service
            GET    /api/me                                                                   | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            GET    /api/live                                                                 | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            GET    /api/tenants                                                              | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            GET    /api/tenants/{tenant}                                                     | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            PUT    /api/tenants/{tenant}                                                     | 401       | 403    | 404          | 403   | 404         | 200   | 403     | 403     | 403
            PUT    /api/tenants/{tenant}/projects/{project}                                  | 401       | 403    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            PUT    /api/tenants/{tenant}/projects/{project}/moves/{move}                     | 401       | 403    | 404          | 403   | 404         | 200   | 403     | 403     | 403
            PUT    /api/tenants/{tenant}/members/{member}                                    | 401       | 403    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            DELETE /api/tenants/{tenant}/members/{member}                                    | 401       | 403    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            PUT    /api/tenants/{tenant}/policy                                              | 401       | 403    | 404          | 403   | 404         | 200   | 403     | 403     | 403
            GET    /api/tenants/{tenant}/share                                               | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            PUT    /api/tenants/{tenant}/share                                               | 401       | 403    | 404          | 403   | 404         | 200   | 403     | 403     | 403
            GET    /api/delegations                                                          | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            PUT    /api/tenants/{tenant}/delegations/{delegation}                            | 401       | 403    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            POST   /api/tenants/{tenant}/delegations/{delegation}/end                        | 401       | 404    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            GET    /api/slice-requests                                                       | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            POST   /api/tenants/{tenant}/projects/{project}/slice-requests/preview           | 401       | 200    | 404          | 200   | 404         | 403   | 403     | 403     | 403
            PUT    /api/tenants/{tenant}/projects/{project}/slice-requests/{request}         | 401       | 200    | 404          | 200   | 404         | 403   | 403     | 403     | 403
            GET    /api/tenants/{tenant}/slice-requests/{request}                            | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            POST   /api/tenants/{tenant}/slice-requests/{request}/approve                    | 401       | 403    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            POST   /api/tenants/{tenant}/slice-requests/{request}/reject                     | 401       | 403    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            POST   /api/tenants/{tenant}/slice-requests/{request}/withdraw                   | 401       | 403    | 404          | 403   | 404         | 403   | 403     | 403     | 403
            GET    /api/slices                                                               | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            GET    /api/tenants/{tenant}/slices/{slice}                                      | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            POST   /api/tenants/{tenant}/slices/{slice}/extend                               | 401       | 200    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            POST   /api/tenants/{tenant}/slices/{slice}/suspend                              | 401       | 200    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            POST   /api/tenants/{tenant}/slices/{slice}/resume                               | 401       | 200    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            POST   /api/tenants/{tenant}/slices/{slice}/release                              | 401       | 200    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            POST   /api/tenants/{tenant}/slices/{slice}/keep                                 | 401       | 200    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            GET    /api/workspace-images                                                     | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            PUT    /api/workspace-images/{image}                                             | 401       | 403    | 403          | 403   | 403         | 200   | 403     | 403     | 403
            POST   /api/tenants/{tenant}/slices/{slice}/workspace/open                       | 401       | 409    | 404          | 409   | 404         | 403   | 403     | 403     | 403
            POST   /api/tenants/{tenant}/slices/{slice}/workspace/ssh-certificate            | 401       | 409    | 404          | 409   | 404         | 403   | 403     | 403     | 403
            GET    /api/idleness                                                             | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            GET    /api/slice-profiles                                                       | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            GET    /api/tenants/{tenant}/slice-profiles                                      | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            GET    /api/models                                                               | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            GET    /api/models/{model}                                                       | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            GET    /api/endpoints                                                            | 401       | 200    | 200          | 200   | 200         | 200   | 200     | 200     | 403
            POST   /api/tenants/{tenant}/projects/{project}/endpoints/preview                | 401       | 200    | 404          | 200   | 404         | 403   | 403     | 403     | 403
            PUT    /api/tenants/{tenant}/projects/{project}/endpoints/{endpoint}             | 401       | 200    | 404          | 200   | 404         | 403   | 403     | 403     | 403
            GET    /api/tenants/{tenant}/endpoints/{endpoint}                                | 401       | 200    | 404          | 200   | 404         | 200   | 200     | 200     | 403
            GET    /api/tenants/{tenant}/endpoints/{endpoint}/log                            | 401       | 503    | 404          | 503   | 404         | 503   | 503     | 503     | 403
            POST   /api/tenants/{tenant}/endpoints/{endpoint}/start                          | 401       | 200    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            POST   /api/tenants/{tenant}/endpoints/{endpoint}/stop                           | 401       | 200    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            DELETE /api/tenants/{tenant}/endpoints/{endpoint}                                | 401       | 200    | 404          | 200   | 404         | 200   | 403     | 403     | 403
            GET    /api/fleet/nodes                                                          | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 200     | 403
            GET    /api/fleet/room                                                           | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 200     | 403
            GET    /api/fleet/features                                                       | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 200     | 403
            GET    /api/fleet/use                                                            | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 200     | 403
            GET    /api/fleet/repack                                                         | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 200     | 403
            PUT    /api/fleet/repacks/{repack}                                               | 401       | 403    | 403          | 403   | 403         | 409   | 403     | 403     | 403
            GET    /api/fleet/history                                                        | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 200     | 403
            GET    /api/fleet/history/changes                                                | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 200     | 403
            GET    /api/fleet/orders                                                         | 401       | 403    | 403          | 403   | 403         | 200   | 200     | 200     | 403
            PUT    /api/fleet/orders/{order}                                                 | 401       | 403    | 403          | 403   | 403         | 404   | 403     | 403     | 403
            POST   /api/fleet/orders/{order}/cancel                                          | 401       | 403    | 403          | 403   | 403         | 404   | 403     | 403     | 403
            POST   /api/fleet/orders/{order}/retry                                           | 401       | 403    | 403          | 403   | 403         | 404   | 403     | 403     | 403
            POST   /api/fleet/orders/{order}/give-up                                         | 401       | 403    | 403          | 403   | 403         | 404   | 403     | 403     | 403
            """;

    private static final RunningPlatform platform = RunningPlatform.shared();
    private static final AtomicInteger people = new AtomicInteger();
    private static final Tenancy own = platform.tenancy();
    private static final Tenancy other = platform.tenancy();
    private static final Operations operations = new Operations(own);

    @Test
    void everyOperationStandsInTheMatrixAndNothingElse() {
        Set<String> served = new TreeSet<>();
        platform.context().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, method) -> {
            if (method.getBeanType().getName().startsWith("dev.penstock.")) {
                mapping.getMethodsCondition().getMethods().forEach(verb -> mapping.getPatternValues().forEach(path -> served.add(verb + " " + path)));
            }
        });
        assertThat(new TreeSet<>(matrix().keySet())).isEqualTo(served);
    }

    static Stream<Arguments> cells() {
        return matrix().entrySet().stream().flatMap(row -> row.getValue().entrySet().stream().map(cell -> Arguments.of(row.getKey(), cell.getKey(), cell.getValue())));
    }

    @ParameterizedTest(name = "{0} by {1} → {2}")
    @MethodSource("cells")
    void thisOneMayDoThisAndNoMore(String operation, String role, int expected) {
        String subject = role + "-" + people.incrementAndGet();
        String token = token(role, subject);
        Call call = operations.call(operation);
        if (operation.equals("GET /api/live")) {
            assertThat(platform.status(call.method(), call.path(), token, call.body())).isEqualTo(expected);
            return;
        }
        Answer answer = platform.call(call.method(), call.path(), token, call.body());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(expected);
        if (answer.status() == 200 && role.startsWith("other-")) {
            assertThat(answer.body().toString()).as("what is not theirs to see").doesNotContain(own.tenant().toString()).doesNotContain(own.name());
        }
        boolean refusedChange = expected >= 400 && !call.method().equals("GET");
        if (token != null && (expected == 403 || refusedChange)) {
            assertThat(platform.trailOf(role.equals("service") ? "platform-backend" : subject)).extracting(AuditRow::outcome).contains("refused");
        }
    }

    private static @Nullable String token(String role, String subject) {
        return switch (role) {
            case "anonymous" -> null;
            case "member" -> own.member(subject);
            case "other-member" -> other.member(subject);
            case "owner" -> own.owner(subject);
            case "other-owner" -> other.owner(subject);
            case "admin" -> platform.issuer().person(subject, "penstock-admins");
            case "auditor" -> platform.issuer().person(subject, "penstock-auditors");
            case "finance" -> platform.issuer().person(subject, "penstock-finance");
            case "service" -> platform.service();
            default -> throw new IllegalArgumentException(role);
        };
    }

    private static Map<String, Map<String, Integer>> matrix() {
        List<List<String>> lines = MATRIX.lines().map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList()).toList();
        Map<String, Map<String, Integer>> matrix = new LinkedHashMap<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            Map<String, Integer> row = new LinkedHashMap<>();
            for (int i = 1; i < line.size(); i++) {
                row.put(lines.getFirst().get(i), Integer.valueOf(line.get(i)));
            }
            matrix.put(line.getFirst().replaceAll(" +", " "), row);
        }
        return matrix;
    }
}
