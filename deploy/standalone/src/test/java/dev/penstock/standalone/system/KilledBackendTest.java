package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** platform-backend as a process of its own, killed with SIGKILL while it brings a slice up, and again while it takes it down. */
@Tag("long")
@Order(7)
@Timeout(600)
class KilledBackendTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PROFILE = "h100-80.1g.10gb";

    private static RunningPenstock penstock;
    private static NoPortal portal;
    private static OwnProcess backend;

    @BeforeAll
    static void start() {
        // A claim outlives whoever held it; the next one waits for its end.
        penstock = RunningPenstock.start(
                "--without", "platform-backend,platform-ui",
                "--set", "platform-backend:penstock.provisioning.claim=10s",
                "--set", "platform-backend:penstock.provisioning.claim-margin=4s");
        portal = NoPortal.at(penstock);
        backend = new OwnProcess(penstock, "platform-backend");
        penstock.awaitReady();
    }

    @AfterAll
    static void stop() {
        backend.stop();
        portal.close();
        penstock.close();
    }

    @Test
    void whateverItWasDoingIsFinishedByTheNext() {
        Team team = new Team(penstock, "scientist");
        SliceRequestView request = team.ask("survivor", PROFILE, Duration.ofHours(1));

        // Killed on the way up, at whatever step that is.
        Eventually.eventually("work on it has begun", PATIENCE, () -> team.slice(request).state() != SliceState.QUEUED);
        SliceState interrupted = killBackend(team, request, EnumSet.of(SliceState.RESERVED, SliceState.PROVISIONING, SliceState.READY));
        System.out.println("killed on the way up, last seen " + interrupted);
        backend.startAgain();
        SliceView ready = team.await(request, SliceState.READY, PATIENCE);
        assertThat(pods(ready)).as("one pod, however often it was begun").hasSize(1);
        assertThat(slices(team).setAside()).isEqualTo(1);

        // Killed on the way down.
        team.api().slices().release(team.tenant(), ready.id());
        interrupted = killBackend(team, request, EnumSet.of(SliceState.DRAINING, SliceState.RELEASED));
        System.out.println("killed on the way down, last seen " + interrupted);
        backend.startAgain();
        team.await(request, SliceState.RELEASED, PATIENCE);
        assertThat(pods(ready)).as("no orphan").isEmpty();
        for (LimitView limit : team.api().limits().list(team.tenant())) {
            assertThat(limit.setAside()).as("nothing reserved: " + limit.meter() + " " + limit.profile()).isZero();
        }
        assertThat(penstock.as("auditor").audit().verify().intact()).isTrue();
    }

    private static SliceState killBackend(Team team, SliceRequestView request, Set<SliceState> expected) {
        SliceState seen = team.slice(request).state();
        backend.kill();
        assertThat(seen).isIn(expected);
        return seen;
    }

    private static LimitView slices(Team team) {
        return team.api().limits().list(team.tenant()).stream()
                .filter(limit -> limit.meter() == Meter.SLICES && PROFILE.equals(limit.profile()) && team.project().equals(limit.project()))
                .findFirst()
                .orElseThrow();
    }

    /** The slice's pods, asked of the cluster itself. */
    private static List<String> pods(SliceView slice) {
        return penstock.cluster("/api/v1/pods?labelSelector=penstock.dev/slice=" + slice.id()).get("items").valueStream()
                .map(pod -> pod.get("metadata").get("name").asString())
                .toList();
    }
}
