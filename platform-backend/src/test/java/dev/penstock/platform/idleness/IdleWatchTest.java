package dev.penstock.platform.idleness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.SliceId;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.idleness.GpuActivity.Pod;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.AuditRow;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Settings;
import dev.penstock.platform.running.Tenancy;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.Slices;
import dev.penstock.platform.slice.Workspaces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What follows from what is measured. No cluster answers here: states that need one are written behind the program's back. */
class IdleWatchTest {

    private static final Duration LOOK = Duration.ofMinutes(5);

    private final RunningPlatform platform = RunningPlatform.shared();
    private final Tenancy own = platform.tenancy();
    private final Map<Pod, Double> measured = new HashMap<>();
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final Installation installation = platform.context().getBean(Installation.class);
    private @Nullable String unknown;
    /** As the database keeps it. */
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private final IdleWatch watch = watch(Map.of("penstock.idleness.prometheus", "http://prometheus:9090", "penstock.idleness.reclaim-after", "24h"));

    @Test
    void itIsWarnedThenSuspendedThenReleased() {
        SliceId slice = ready("forgotten");
        measured.put(pod(slice, 1), 0.0);
        looksFor(Duration.ofMinutes(115));
        assertThat(trail(slice)).doesNotContain("slice.warn");
        looksFor(LOOK.multipliedBy(2));
        assertThat(sentences(slice)).contains("No GPU activity for 2 h. It is suspended in 2 h unless it is used or kept.");
        looksFor(Duration.ofMinutes(115));
        assertThat(trail(slice)).contains("slice.warn").doesNotContain("slice.suspend");
        looksFor(LOOK.multipliedBy(2));
        assertThat(detail(slice).path("slice").path("becomes").asString()).isEqualTo("SUSPENDED");
        assertThat(sentences(slice)).contains("No GPU activity for 4 h. The workspace is being taken down and can be resumed.");
        suspended(slice, 2);
        measured.clear();
        looksFor(Duration.ofHours(23));
        assertThat(known(slice).path("idleSince").asString()).as("also while it is suspended for it").isNotEmpty();
        assertThat(detail(slice).path("slice").path("state").asString()).isEqualTo("SUSPENDED");
        looksFor(Duration.ofHours(1));
        assertThat(detail(slice).path("slice").path("becomes").asString()).isEqualTo("RELEASED");
        assertThat(trail(slice)).containsSubsequence("slice.warn", "slice.suspend", "slice.reclaim");
        assertThat(platform.trail(slice)).filteredOn(entry -> entry.action().equals("slice.warn")).extracting(AuditRow::actor).containsExactly("idle-watch");
        assertThat(steps()).containsExactly("reclaimed 1", "suspended 1", "warned 1");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"busy", "never measured", "not measured any more", "no answer", "off"})
    void whoIsNotKnownToBeIdleIsLeftAlone(String why) {
        SliceId slice = ready("used");
        IdleWatch looking = why.equals("off") ? watch(Map.of()) : watch;
        if (!why.equals("never measured")) {
            measured.put(pod(slice, 1), why.equals("busy") ? 0.5 : 0.0);
        }
        for (int look = 0; look < 80; look++) {
            if (look == 20 && why.equals("not measured any more")) {
                measured.clear();
            }
            if (look == 20 && why.equals("no answer")) {
                unknown = "Prometheus is away.";
            }
            looking.look();
            now = now.plus(LOOK);
        }
        assertThat(trail(slice)).doesNotContain("slice.warn", "slice.suspend");
        assertThat(looking.missing()).isEqualTo(switch (why) {
            case "no answer" -> "Prometheus is away.";
            case "off" -> IdleWatch.OFF;
            default -> null;
        });
        assertThat(metrics.get("penstock.idle.unmeasured").gauge().value()).isGreaterThanOrEqualTo(why.contains("measured") ? 1 : 0);
    }

    @Test
    void whoIsUsedAgainAfterTheWarningIsNotSuspendedAndThatIsSaid() {
        SliceId slice = ready("used-again");
        measured.put(pod(slice, 1), 0.0);
        looksFor(Duration.ofMinutes(125));
        measured.put(pod(slice, 1), 0.9);
        looksFor(LOOK);
        assertThat(sentences(slice)).last().isEqualTo("Its GPU is in use again.");
        measured.put(pod(slice, 1), 0.0);
        looksFor(Duration.ofMinutes(115));
        assertThat(trail(slice)).filteredOn("slice.warn"::equals).hasSize(1);
    }

    @Test
    void whoKeepsItHasTheWholeTimeAgainAndItIsOnRecord() {
        SliceId slice = ready("kept");
        measured.put(pod(slice, 1), 0.0);
        now = now.minus(Duration.ofMinutes(125));
        looksFor(Duration.ofMinutes(125));
        assertThat(known(slice).path("warnedAt").isNull()).isFalse();
        assertThat(known(slice).path("suspendsAt").isNull()).isFalse();
        Answer kept = platform.post(own.path() + "/slices/" + slice + "/keep", own.member("ada"), Map.of());
        assertThat(kept.status()).as(kept.toString()).isEqualTo(200);
        assertThat(kept.body().path("warnedAt").isNull()).isTrue();
        assertThat(sentences(slice)).last().isEqualTo("Kept by ada; whether it is idle is counted anew.");
        assertThat(platform.trail(slice)).last().satisfies(entry -> assertThat(entry).extracting("actor", "action", "outcome").containsExactly("ada", "slice.keep", "done"));
        looksFor(Duration.ofMinutes(115));
        assertThat(trail(slice)).filteredOn("slice.warn"::equals).hasSize(1);
    }

    @Test
    void onlyWhatIsReadyCanBeKept() {
        SliceId slice = ready("gone");
        write(slice, "state = 'PROVISIONING'");
        assertThat(platform.post(own.path() + "/slices/" + slice + "/keep", own.member("ada"), Map.of()).code()).isEqualTo("wrong_state");
    }

    @Test
    void whatAPersonResumedOrSuspendedIsNotReleasedForIdleness() {
        SliceId slice = ready("resumed");
        measured.put(pod(slice, 1), 0.0);
        looksFor(Duration.ofMinutes(250));
        assertThat(trail(slice)).contains("slice.suspend");
        write(slice, "state = 'READY', ending = null, ending_reason = null, phase = 2");
        looksFor(LOOK);
        assertThat(known(slice).isMissingNode()).as("the phase that was known is over").isTrue();
        // Suspended by a person then, in a phase of which nothing was measured.
        suspended(slice, 3);
        looksFor(Duration.ofHours(30));
        assertThat(detail(slice).path("slice").path("state").asString()).isEqualTo("SUSPENDED");
        assertThat(trail(slice)).doesNotContain("slice.reclaim");
    }

    @Test
    void theListIsForWhoSeesTheSlices() {
        SliceId slice = ready("listed");
        measured.put(pod(slice, 1), 0.0);
        looksFor(LOOK);
        assertThat(known(slice).path("slice").asString()).isEqualTo(slice.toString());
        String stranger = platform.tenancy().member("eve");
        assertThat(platform.get("/api/idleness", stranger).body().toString()).doesNotContain(slice.toString());
        assertThat(platform.get("/api/idleness?tenant=" + own.tenant(), stranger).status()).isEqualTo(404);
        assertThat(platform.get("/api/idleness", platform.auditor()).body().toString()).contains(slice.toString());
        assertThat(platform.get("/api/idleness", platform.auditor()).text("missing")).as("what is missing is said").isEqualTo(IdleWatch.OFF);
    }

    private IdleWatch watch(Map<String, String> settings) {
        var context = platform.context();
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        return new IdleWatch(
                context.getBean(JobTransactions.class), context.getBean(ActivityTable.class), context.getBean(Slices.class), context.getBean(Workspaces.class),
                window -> {
                    if (unknown != null) {
                        throw new GpuActivity.Unknown(unknown);
                    }
                    return measured;
                },
                installation, Settings.bind(IdlenessSettings.class, settings), clock, metrics);
    }

    private void looksFor(Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plus(LOOK)) {
            watch.look();
        }
    }

    private SliceId ready(String name) {
        own.setPolicy(Long.MAX_VALUE / 4, Duration.ofDays(7).toSeconds());
        UUID id = platform.nextId();
        Answer answer = platform.put(own.requests() + id, own.member("ada"), Tenancy.request(name, "h100-80.1g.10gb", Duration.ofDays(7).toSeconds()));
        assertThat(answer.text("state")).as(answer.toString()).isEqualTo("APPROVED");
        write(new SliceId(id), "state = 'READY', holds_room = false, ready_at = now(), next_attempt_at = now() + interval '1 day'");
        return new SliceId(id);
    }

    private void suspended(SliceId slice, int phase) {
        write(slice, "state = 'SUSPENDED', ending = null, ending_reason = null, phase = " + phase + ", next_attempt_at = now() + interval '1 day'");
    }

    private void write(SliceId slice, String what) {
        assertThat(platform.sql("update platform.slice set version = version + 1, fence = fence + 1, " + what + " where id = '" + slice + "'")).isEqualTo(1);
    }

    private Pod pod(SliceId slice, int phase) {
        return new Pod(installation.namespace(own.project()), Installation.pod(slice, phase));
    }

    private JsonNode detail(SliceId slice) {
        return platform.get(own.path() + "/slices/" + slice, own.member("ada")).body();
    }

    private JsonNode known(SliceId slice) {
        return platform.get("/api/idleness?tenant=" + own.tenant(), own.member("ada")).body().path("workspaces").valueStream()
                .filter(each -> each.path("slice").asString().equals(slice.toString())).findFirst().orElse(MissingNode.getInstance());
    }

    private List<String> sentences(SliceId slice) {
        List<String> sentences = new ArrayList<>();
        detail(slice).path("timeline").forEach(event -> sentences.add(event.path("sentence").asString()));
        return sentences;
    }

    private List<String> trail(SliceId slice) {
        return platform.trail(slice).stream().map(AuditRow::action).toList();
    }

    private List<String> steps() {
        return metrics.find("penstock.idle.steps").counters().stream()
                .map(counter -> counter.getId().getTag("step") + " " + (int) counter.count()).sorted().toList();
    }
}
