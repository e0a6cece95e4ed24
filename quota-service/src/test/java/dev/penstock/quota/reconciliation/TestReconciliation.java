package dev.penstock.quota.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.route.Route;
import dev.penstock.quota.route.Routes;
import java.time.Duration;
import java.util.List;

/** Turns of reconciliation that look at one endpoint alone, whatever other tests have. */
public final class TestReconciliation {

    private final RunningService service;

    public TestReconciliation(RunningService service) {
        this.service = service;
    }

    public void turn(EndpointId endpoint) {
        service.bean(Reconciliation.class).turn(List.of(await().atMost(Duration.ofSeconds(10)).until(() -> route(endpoint), routes -> !routes.isEmpty()).getFirst()));
    }

    /** Until a quiet moment after now has been compared, and what was found is posted. */
    public void untilCompared(EndpointId endpoint) {
        turn(endpoint);
        await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50)).until(() -> {
            turn(endpoint);
            return column("mark = read_at", endpoint).equals("t");
        });
        assertThat(service.column("select call_id from quota.leeway where endpoint_id = '" + endpoint + "'")).as("attempts that wait to be looked at or posted").isEmpty();
    }

    /** {@code input/output} that the engine counted and nothing explains, of all comparisons. */
    public String unexplained(EndpointId endpoint) {
        return history("unexplained", endpoint);
    }

    public String explained(EndpointId endpoint) {
        return history("explained", endpoint);
    }

    /** {@code input/output}: at least so much is unexplained although calls are under way. */
    public String atLeast(EndpointId endpoint) {
        return column("at_least_input || '/' || at_least_output", endpoint);
    }

    public String column(String column, EndpointId endpoint) {
        return service.column("select %s from quota.engine_count where endpoint_id = '%s'".formatted(column, endpoint)).getFirst();
    }

    private String history(String what, EndpointId endpoint) {
        return service.column("select coalesce(sum(%1$s_input), 0) || '/' || coalesce(sum(%1$s_output), 0) from quota.engine_comparison where endpoint_id = '%2$s'"
                .formatted(what, endpoint)).getFirst();
    }

    private List<Route> route(EndpointId endpoint) {
        return service.bean(Routes.class).serving().stream().filter(route -> route.endpoint().equals(endpoint)).toList();
    }
}
