package dev.penstock.platform.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.slice.Slice.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of a slice's life. */
class SliceTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final List<String> VERBS =
            List.of("reserved", "provisioning", "ready", "faltered", "lost", "requeued", "steppedAside", "suspended", "resumed", "aside", "expired", "failed", "gone", "released", "extended");

    /** What each verb makes of each state; {@code -}: impossible, {@code =}: changes nothing, {@code !}: refused to the person. */
    static Stream<Arguments> everyVerbInEveryState() {
        String table = """
                verb         QUEUED       RESERVED     PROVISIONING READY        SUSPENDED    DRAINING     RELEASED     EXPIRED      FAILED
                reserved     RESERVED     -            -            -            -            -            -            -            -
                provisioning -            PROVISIONING -            -            -            -            -            -            -
                ready        -            -            READY        -            -            -            -            -            -
                faltered     -            -            -            PROVISIONING -            -            -            -            -
                lost         -            -            PROVISIONING PROVISIONING -            -            -            -            -
                requeued     -            -            QUEUED       -            -            -            -            -            -
                steppedAside =            DRAINING     DRAINING     DRAINING     =            =            =            =            =
                suspended    !            DRAINING     DRAINING     DRAINING     =            !            !            !            !
                resumed      =            =            =            =            QUEUED       !            !            !            !
                aside        -            -            -            -            -            -            -            -            -
                expired      DRAINING     DRAINING     DRAINING     DRAINING     DRAINING     -            -            -            -
                failed       DRAINING     DRAINING     DRAINING     DRAINING     -            -            -            -            -
                gone         -            -            -            -            -            RELEASED     -            -            -
                released     DRAINING     DRAINING     DRAINING     DRAINING     DRAINING     =            =            !            !
                extended     QUEUED       RESERVED     PROVISIONING READY        SUSPENDED    !            !            !            !
                """;
        List<String[]> rows = table.lines().map(line -> line.trim().split(" +")).toList();
        assertThat(rows.stream().skip(1).map(row -> row[0])).containsExactlyElementsOf(VERBS);
        assertThat(Arrays.stream(rows.getFirst()).skip(1)).containsExactly(Arrays.stream(SliceState.values()).map(Enum::name).toArray(String[]::new));
        return rows.stream().skip(1).flatMap(row -> Arrays.stream(SliceState.values()).map(state -> Arguments.of(row[0], state, row[1 + state.ordinal()])));
    }

    @ParameterizedTest(name = "{1} {0} → {2}")
    @MethodSource("everyVerbInEveryState")
    void aVerbDoesWhatTheTableSays(String verb, SliceState state, String result) {
        Slice slice = slice(state, NOON.minusSeconds(60));
        switch (result) {
            case "-" -> assertThatThrownBy(() -> call(verb, slice)).isInstanceOf(IllegalStateException.class);
            case "!" -> assertThatThrownBy(() -> call(verb, slice)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo("wrong_state"));
            case "=" -> assertThat(call(verb, slice)).isNull();
            default -> {
                Transition transition = call(verb, slice);
                assertThat(transition).isNotNull();
                assertThat(transition.after().state()).isEqualTo(SliceState.valueOf(result));
                assertThat(transition.after().version()).as("every change is noticed").isEqualTo(slice.version() + 1);
                assertThat(transition.sentence()).isNotBlank().endsWith(".");
            }
        }
    }

    @ParameterizedTest(name = "stepping aside to become {0}: {1} → {2} to become {3}")
    @CsvSource({
        "QUEUED,    steppedAside, =,         ",
        "QUEUED,    suspended,    DRAINING,  SUSPENDED",
        "QUEUED,    resumed,      =,         ",
        "QUEUED,    aside,        QUEUED,    ",
        "QUEUED,    gone,         -,         ",
        "QUEUED,    expired,      DRAINING,  EXPIRED",
        "QUEUED,    failed,       -,         ",
        "QUEUED,    released,     DRAINING,  RELEASED",
        "QUEUED,    extended,     DRAINING,  QUEUED",
        "SUSPENDED, steppedAside, =,         ",
        "SUSPENDED, suspended,    =,         ",
        "SUSPENDED, resumed,      DRAINING,  QUEUED",
        "SUSPENDED, aside,        SUSPENDED, ",
        "SUSPENDED, gone,         -,         ",
        "SUSPENDED, expired,      DRAINING,  EXPIRED",
        "SUSPENDED, failed,       -,         ",
        "SUSPENDED, released,     DRAINING,  RELEASED",
        "SUSPENDED, extended,     DRAINING,  SUSPENDED",
    })
    void whoEndsASliceThatStepsAsideWins(Ending becomes, String verb, String result, @Nullable Ending then) {
        Slice ready = slice(SliceState.READY, NOON.minusSeconds(60));
        Transition begun = becomes == Ending.QUEUED ? ready.steppedAside("Others come first.") : ready.suspended("Nobody uses it.");
        Slice slice = Objects.requireNonNull(begun).after();
        assertThat(slice.isSteppingAside()).isTrue();
        assertThat(slice.isEnding()).isFalse();
        switch (result) {
            case "-" -> assertThatThrownBy(() -> call(verb, slice)).isInstanceOf(IllegalStateException.class);
            case "=" -> assertThat(call(verb, slice)).isNull();
            default -> {
                Slice after = Objects.requireNonNull(call(verb, slice)).after();
                assertThat(after.state()).isEqualTo(SliceState.valueOf(result));
                assertThat(after.standing().ending()).isEqualTo(then);
            }
        }
    }

    @Test
    void theLeaseOfASliceWhosePartWasTakenStandsStillUntilItIsReadyAgain() {
        Slice ready = slice(SliceState.READY, NOON);
        assertThat(ready.leaseEndsAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        Slice noticed = Objects.requireNonNull(ready.noticed(NOON.plusSeconds(600), Duration.ofMinutes(10))).after();
        assertThat(noticed.standing().interruption().givesBackAt()).isEqualTo(NOON.plusSeconds(600));
        Slice aside = Objects.requireNonNull(noticed.steppedAside("Others come first.")).after().aside(NOON.plusSeconds(620)).after();
        assertThat(aside.state()).isEqualTo(SliceState.QUEUED);
        assertThat(aside.standing().interruption().givesBackAt()).as("its notice is over").isNull();
        assertThat(aside.leaseEndsAt()).isNull();
        assertThat(aside.leaseOver(NOON.plus(Duration.ofDays(30)))).as("however long it waits").isFalse();
        Slice again = aside.reserved().after().provisioning().after().ready(NOON.plusSeconds(4_220), "gpu-02", null, NOON.plusSeconds(4_300)).after();
        assertThat(again.leaseEndsAt()).as("an hour later, for the hour without a part").isEqualTo(NOON.plus(Duration.ofHours(2)));
        assertThat(again.standing().readyAt()).as("when it was first ready").isEqualTo(NOON);
    }

    /** Otherwise the rest of the lease would be used in a month for which nothing was set aside. */
    @Test
    void quotaReachesToWhereALeaseThatStoodStillEnds() {
        Duration hour = Duration.ofHours(1);
        Slice ready = slice(SliceState.READY, NOON);
        assertThat(ready.onCalendar(hour, NOON.plusSeconds(500))).isEqualTo(hour);
        Slice aside = Objects.requireNonNull(ready.steppedAside("Others come first.")).after().aside(NOON.plusSeconds(600)).after();
        assertThat(aside.onCalendar(hour, NOON.plusSeconds(4_200))).as("an hour that it stood, and one to be ready again").isEqualTo(hour.multipliedBy(3));
        Slice again = aside.reserved().after().provisioning().after().ready(NOON.plusSeconds(4_200), "gpu-02", null, NOON.plusSeconds(4_200)).after();
        assertThat(again.onCalendar(hour, NOON.plusSeconds(9_000))).isEqualTo(hour.multipliedBy(2));
    }

    @Test
    void aLeaseThatStandsStillGoesOnWhenItsTeamSuspendsTheSlice() {
        Slice aside = Objects.requireNonNull(slice(SliceState.READY, NOON).steppedAside("Others come first.")).after().aside(NOON.plusSeconds(600)).after();
        Slice suspended = Objects.requireNonNull(aside.reserved().after().suspended("Not needed now.")).after().aside(NOON.plusSeconds(4_200)).after();
        assertThat(suspended.state()).isEqualTo(SliceState.SUSPENDED);
        assertThat(suspended.leaseEndsAt()).isEqualTo(NOON.plus(Duration.ofHours(2)));
    }

    @Test
    void aSecondInterruptionAddsToTheFirst() {
        Interruption twice = Interruption.NONE.stops(NOON).goesOn(NOON.plusSeconds(60), NOON.plusSeconds(99)).stops(NOON.plusSeconds(100)).goesOn(NOON.plusMillis(130_001), NOON);
        assertThat(twice).isEqualTo(new Interruption(null, null, Duration.ofSeconds(91)));
    }

    @Test
    void aClusterWhoseClockIsBehindDoesNotShortenALease() {
        Interruption again = Interruption.NONE.stops(NOON).goesOn(NOON.minusSeconds(300), NOON.plusSeconds(60));
        assertThat(again.stoodStill()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aNoticeIsGivenOnceAndTakenBackOnce() {
        Slice noticed = Objects.requireNonNull(slice(SliceState.READY, NOON).noticed(NOON.plusSeconds(600), Duration.ofMinutes(10))).after();
        assertThat(noticed.noticed(NOON.plusSeconds(900), Duration.ofMinutes(10))).as("the first one counts").isNull();
        Slice keeps = Objects.requireNonNull(noticed.keeps()).after();
        assertThat(keeps.standing()).isEqualTo(slice(SliceState.READY, NOON).standing());
        assertThat(keeps.keeps()).isNull();
        assertThat(slice(SliceState.QUEUED, null).noticed(NOON, Duration.ZERO)).as("holds nothing on the cluster").isNull();
    }

    @Test
    void whatSteppedAsideKeepsItsLeaseAndItsReasonAndComesBackInTheNextPhase() {
        Slice ready = slice(SliceState.READY, NOON);
        Slice suspended = Objects.requireNonNull(ready.suspended("Nobody uses it.")).after().aside(NOON).after();
        assertThat(suspended.phase()).isEqualTo(ready.phase() + 1);
        assertThat(suspended.leaseEndsAt()).isEqualTo(ready.leaseEndsAt());
        assertThat(suspended.standing().reason()).isEqualTo("Nobody uses it.");
        assertThat(suspended.standing().node()).isNull();
        Slice resumed = Objects.requireNonNull(suspended.resumed()).after();
        assertThat(resumed.phase()).as("resuming is not one more").isEqualTo(suspended.phase());
        assertThat(resumed.standing().reason()).isNull();
    }

    @Test
    void whatWasNeverReadyIsNotSuspended() {
        assertThatThrownBy(() -> slice(SliceState.PROVISIONING, null).suspended("Nobody uses it."))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo("wrong_state"));
        assertThat(slice(SliceState.PROVISIONING, null).steppedAside("Others come first.")).as("others may still need its part").isNotNull();
    }

    @Test
    void theLeaseRunsFromTheFirstTimeItWasReady() {
        Slice first = slice(SliceState.PROVISIONING, null).ready(NOON, "gpu-01", null, NOON).after();
        assertThat(first.leaseEndsAt()).isEqualTo(NOON.plusSeconds(3600));
        Slice again = first.lost("Lost.", null).after().ready(NOON.plusSeconds(600), "gpu-02", null, NOON).after();
        assertThat(again.leaseEndsAt()).isEqualTo(NOON.plusSeconds(3600));
        assertThat(again.phase()).isEqualTo(2);
        assertThat(again.standing().node()).isEqualTo("gpu-02");
        assertThat(again.leaseOver(NOON.plusSeconds(3599))).isFalse();
        assertThat(again.leaseOver(NOON.plusSeconds(3600))).isTrue();
    }

    @Test
    void theLeaseStandsStillWhileWhatWasLostHasNoPart() {
        Slice ready = slice(SliceState.PROVISIONING, null).ready(NOON, "gpu-01", null, NOON).after();
        for (Slice waiting : List.of(ready.lost("Lost.", NOON.plusSeconds(100)).after(), ready.moved("Emptied.", NOON.plusSeconds(100)).after())) {
            assertThat(waiting.leaseEndsAt()).isNull();
            Slice lostAgain = waiting.lost("Lost.", NOON.plusSeconds(200)).after();
            assertThat(lostAgain.ready(NOON.plusSeconds(700), "gpu-02", null, NOON).after().leaseEndsAt()).isEqualTo(NOON.plusSeconds(3600 + 600));
        }
        Slice never = slice(SliceState.PROVISIONING, null).lost("Lost.", NOON).after();
        assertThat(never.ready(NOON.plusSeconds(700), "gpu-02", null, NOON).after().leaseEndsAt()).as("it had not begun").isEqualTo(NOON.plusSeconds(4300));
    }

    @Test
    void aLeaseThatIsOverIsNotExtendedAnyMore() {
        Slice slice = slice(SliceState.READY, NOON);
        assertThatThrownBy(() -> slice.extended(Duration.ofHours(2), NOON.plusSeconds(3600))).isInstanceOf(ProblemException.class);
    }

    @Test
    void aLeaseOnlyBecomesLonger() {
        Slice slice = slice(SliceState.READY, NOON);
        assertThat(slice.extended(Duration.ofHours(1), NOON)).as("repeating changes nothing").isNull();
        assertThatThrownBy(() -> slice.extended(Duration.ofMinutes(30), NOON)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo("invalid_input"));
    }

    /** A full volume, a node that is too busy, a volume that hangs elsewhere: none of it is a reason to delete what somebody works on. */
    @Test
    void aVolumeThatSomebodyWorkedOnOutlivesWhatDoesNotComeUpAgain() {
        Workspace lab = new Workspace("lab", WorkspaceKind.JUPYTERLAB, "Lab", "registry.example/lab@sha256:" + "a".repeat(64), 20, "");
        Slice worked = with(slice(SliceState.PROVISIONING, NOON), lab).failed("It crashed five times.").after();
        assertThat(worked.standing().ending()).isEqualTo(Ending.SUSPENDED);
        assertThat(worked.isSteppingAside()).isTrue();
        Slice neverUp = with(slice(SliceState.PROVISIONING, null), lab).failed("The image cannot be fetched.").after();
        assertThat(neverUp.standing().ending()).isEqualTo(Ending.FAILED);
        Slice shell = slice(SliceState.PROVISIONING, NOON).failed("It crashed five times.").after();
        assertThat(shell.standing().ending()).isEqualTo(Ending.FAILED);
    }

    private static Slice with(Slice slice, Workspace workspace) {
        Approved was = slice.approved();
        return new Slice(
                slice.key(),
                new Approved(
                        was.project(), was.projectUid(), was.request(), was.name(), was.profile(), was.parts(), was.vector(), was.holder(), was.createdAt(), null, workspace, null),
                slice.standing(), slice.version());
    }

    @Test
    void whyItEndsOutlivesWhyThatTakesLong() {
        Slice draining = slice(SliceState.PROVISIONING, null).failed("The image cannot be fetched.").after();
        Standing waiting = new Standing(
                draining.state(), draining.standing().ending(), draining.standing().endingReason(), "The cluster does not answer.", false, 1, null, null, Duration.ofHours(1), null, null,
                GpuTime.ZERO, null, Interruption.NONE);
        Slice ended = new Slice(draining.key(), draining.approved(), waiting, 9).gone(NOON).after();
        assertThat(ended.state()).isEqualTo(SliceState.FAILED);
        assertThat(ended.standing().reason()).isEqualTo("The image cannot be fetched.");
    }

    @ParameterizedTest
    @CsvSource({"60,60 s", "3600,1 h", "3660,1 h 1 min", "86400,1 day", "187200,2 days 4 h", "604800,7 days"})
    void timesAreSaidAsPeopleSayThem(long seconds, String words) {
        assertThat(InWords.time(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    private static @Nullable Transition call(String verb, Slice slice) {
        return switch (verb) {
            case "reserved" -> slice.reserved();
            case "provisioning" -> slice.provisioning();
            case "ready" -> slice.ready(NOON, "gpu-01", null, NOON);
            case "faltered" -> slice.faltered("Not ready.");
            case "lost" -> slice.lost("Lost.", null);
            case "requeued" -> slice.requeued("Not placed.");
            case "steppedAside" -> slice.steppedAside("Others come first.");
            case "suspended" -> slice.suspended("Nobody uses it.");
            case "resumed" -> slice.resumed();
            case "aside" -> slice.aside(NOON);
            case "expired" -> slice.expired();
            case "failed" -> slice.failed("Failed.");
            case "gone" -> slice.gone(NOON);
            case "released" -> slice.released();
            case "extended" -> slice.extended(Duration.ofHours(2), NOON);
            default -> throw new IllegalArgumentException(verb);
        };
    }

    private static Slice slice(SliceState state, @Nullable Instant readyAt) {
        boolean ended = !state.live();
        Ending ending = switch (state) {
            case DRAINING, RELEASED -> Ending.RELEASED;
            case EXPIRED -> Ending.EXPIRED;
            case FAILED -> Ending.FAILED;
            case QUEUED, RESERVED, PROVISIONING, READY, SUSPENDED -> null;
        };
        Approved approved = new Approved(
                new ProjectId(new UUID(1, 2)), new UUID(1, 3), new RequestId(new UUID(1, 4)), "mine", "h100-80.1g.10gb", 120, Map.of("nvidia.com/mig-1g.10gb", 1), "ada", NOON, null,
                null, null);
        Standing standing = new Standing(
                state, ending, null, null, false, 1, null, null, Duration.ofHours(1), readyAt, ended ? NOON : null, GpuTime.ZERO, null, Interruption.NONE);
        return new Slice(new SliceKey(new TenantId(new UUID(1, 1)), new SliceId(new UUID(1, 5))), approved, standing, 7);
    }
}
