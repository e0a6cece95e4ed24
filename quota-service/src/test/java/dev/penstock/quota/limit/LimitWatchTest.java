package dev.penstock.quota.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.SliceId;
import dev.penstock.quota.Answer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Warnings of limits on slices; those on calls are warned of by the same code. */
class LimitWatchTest {

    private final RunningService service = RunningService.get();
    private final LimitWatch watch = service.bean(LimitWatch.class);
    private final TestTenant tenant = TestTenant.register().unlimited();
    private final LimitId limit = new LimitId(UUID.randomUUID());

    @Test
    void howeverManyLookOneWarns() throws Exception {
        set(true, 5, 80).is(200);
        hold(4);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> looks = new ArrayList<>(Collections.nCopies(8, () -> {
                watch.look();
                return true;
            }));
            for (var look : threads.invokeAll(looks)) {
                assertThat(look.get()).isTrue();
            }
        }
        assertThat(warnings()).containsExactly("80 4");
        assertThat(warned()).containsExactly("system limits " + TestTenant.PROFILE + " 80 4 5 true");
        assertThat(service.column("select kind || ' ' || project_id || ' ' || state from quota.change where subject = '" + limit + "' and state = 'WARNED'"))
                .containsExactly("limit " + tenant.project() + " WARNED");
    }

    @Test
    void aSoftLimitOnSlicesRefusesNothing() {
        set(false, 1, null).is(200);
        hold(3);
        watch.look();
        // The service's own watch may have looked when there were fewer.
        assertThat(warnings()).singleElement().asString().matches("100 [123]");
        set(true, 1, null).is(200);
        tenant.reserve(TestTenant.newSlice(), 60).isProblem(409, "limit_reached");
    }

    @Test
    void raisingItEndsTheWarningAndPassingItAgainWarnsAgain() {
        set(true, 4, 50).is(200);
        hold(2);
        watch.look();
        assertThat(warnings()).containsExactly("50 2");

        set(true, 10, 50).is(200);
        watch.look();
        assertThat(warnings()).isEmpty();

        hold(3);
        watch.look();
        assertThat(warnings()).containsExactly("50 5");
        assertThat(warned()).hasSize(2);
    }

    @Test
    void anotherThresholdWarnsForItself() {
        set(true, 4, 75).is(200);
        hold(2);
        watch.look();
        assertThat(warnings()).isEmpty();
        set(true, 4, 50).is(200);
        watch.look();
        assertThat(warnings()).containsExactly("50 2");
        set(true, 4, null).is(200);
        assertThat(warnings()).as("nobody is to be warned there any more").isEmpty();
    }

    @Test
    void unlimitedAndNothingAtAllWarnNobody() {
        set(false, null, 50).is(200);
        hold(2);
        watch.look();
        set(false, 0, 50).is(200);
        watch.look();
        assertThat(warned()).isEmpty();
    }

    @Test
    void nobodyHasToAskForIt() {
        set(true, 2, 50).is(200);
        hold(1);
        await().until(() -> !warnings().isEmpty());
        assertThat(service.send(service.admin(), "GET", "/api/limits?tenant=" + tenant.id(), null).is(200).body().path(0).path("warnings").isArray()).isTrue();
    }

    @Test
    void aRemovedLimitTakesItsWarningsAlong() {
        set(true, 2, 50).is(200);
        hold(1);
        watch.look();
        tenant.removeLimit(limit).is(200);
        set(true, 2, 60).is(200);
        assertThat(warnings()).isEmpty();
    }

    private Answer set(boolean hard, Integer amount, Integer softPercent) {
        return service.send(service.admin(), "PUT", "/api/tenants/" + tenant.id() + "/limits/" + limit, """
                {"project": "%s", "meter": "SLICES", "profile": "%s", "window": "NOW", "amount": %s, "hard": %s, "softPercent": %s}"""
                .formatted(tenant.project(), TestTenant.PROFILE, amount, hard, softPercent));
    }

    private void hold(int slices) {
        for (int slice = 0; slice < slices; slice++) {
            SliceId id = TestTenant.newSlice();
            tenant.reserve(id, 60).is(200);
        }
    }

    /** {@code percent used}, as an administrator is told. */
    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (JsonNode view : service.send(service.admin(), "GET", "/api/limits?tenant=" + tenant.id(), null).is(200).body()) {
            if (view.path("id").asString().equals(limit.toString())) {
                view.path("warnings").forEach(warning -> warnings.add(warning.path("percent").asInt() + " " + warning.path("used").asLong()));
            }
        }
        return warnings;
    }

    /** As the trail has it. */
    private List<String> warned() {
        return service.column("""
                select concat_ws(' ', actor_kind, actor, substr(subject_name, 11, position(' of vision' in subject_name) - 11),
                                 after->>'percent', after->>'used', after->>'amount', after->>'hard')
                  from audit.entry where action = 'limit.warn' and subject_id = '%s' order by at, id""".formatted(limit));
    }
}
