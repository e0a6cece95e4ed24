package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.Tenancy;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Three whole cards, a team that borrows them and one that reserves some. Who gets what by rule is {@code FairnessTableTest}'s. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReservedSliceTest {

    private static final String WHOLE = SliceBench.WHOLE;

    private SliceBench bench;
    private SliceReconciler reconciler;
    private Tenancy team;

    @BeforeAll
    void start() {
        bench = SliceBench.still();
        reconciler = bench.reconciler((step, slice) -> {});
        team = bench.another();
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    @AfterEach
    void nothingIsLeft() {
        bench.clock.backToNow();
        assertThat(bench.platform.sql("update platform.reserved_room set ends_at = ends_at")).as("parts spoken for").isZero();
        assertThat(bench.quota().complaints()).isEmpty();
    }

    @Test
    void itsPartIsAskedBackInTimeAndItComesUpAtItsStartAndEndsWithItsReservation() {
        List<SliceKey> borrowed = Stream.generate(() -> bench.queued(WHOLE)).limit(3).toList();
        borrowed.forEach(key -> until(key, SliceState.READY));
        Instant start = in(Duration.ofMinutes(30));
        SliceKey reserved = reserve(start, Duration.ofMinutes(20));
        reconciler.reconcile(reserved);
        assertThat(bench.slice(reserved).standing().reason()).isEqualTo("It is reserved, and comes up at its start.");
        assertThat(detail(reserved).text("startsAt")).isEqualTo(start.toString());

        bench.passes(Duration.ofMinutes(17));
        bench.askBack();
        assertThat(asked(borrowed)).as("there is time").containsExactly(false, false, false);
        bench.passes(Duration.ofMinutes(2));
        bench.askBack();
        assertThat(asked(borrowed)).as("the youngest, and only that").containsExactly(false, false, true);
        Answer longer = bench.platform.post(
                bench.tenancy.path() + "/slices/" + borrowed.get(2).slice() + "/extend", bench.tenancy.member("ada"), Map.of("leaseSeconds", 7200));
        assertThat(longer.status()).as("what is asked back is not extended").isEqualTo(409);
        assertThat(longer.text("detail")).isEqualTo("Its part is asked back, so its lease cannot be extended now.");

        bench.passes(Duration.ofMinutes(10));
        bench.askBack();
        until(borrowed.get(2), SliceState.QUEUED);
        reconciler.reconcile(borrowed.get(2));
        assertThat(bench.state(borrowed.get(2))).as("what is free now is needed in a minute").isEqualTo(SliceState.QUEUED);
        bench.passes(Duration.ofMinutes(2));
        Slice up = until(reserved, SliceState.READY);
        assertThat(up.leaseEndsAt()).isEqualTo(start.plus(Duration.ofMinutes(20)));
        bench.askBack();
        assertThat(asked(borrowed.subList(0, 2))).as("no more than was missing").containsExactly(false, false);
        Answer more = bench.platform.post(team.path() + "/slices/" + reserved.slice() + "/extend", team.member("ada"), Map.of("leaseSeconds", 7200));
        assertThat(more.text("detail")).isEqualTo("It was reserved for a time and ends with it; ask for what comes after.");

        bench.passes(Duration.ofMinutes(20));
        until(reserved, SliceState.EXPIRED);
        assertThat(bench.trail(reserved)).startsWith("slice.queue", "slice.reserve", "slice.provision", "slice.ready").endsWith("slice.expire", "slice.end");
        borrowed.forEach(this::end);
    }

    @Test
    void noMoreIsReservedAtOneMomentThanThereIsBesideWhatIsGuaranteed() {
        Instant start = in(Duration.ofDays(1));
        Duration day = Duration.ofDays(1);
        UUID early = ask(start, day);
        UUID late = ask(start, day);
        SliceKey first = reserve(start, day);
        SliceKey second = reserve(start.plus(Duration.ofHours(12)), day);
        assertThat(bench.share(bench.tenancy, 1, Map.of(WHOLE, 2)).text("detail"))
                .isEqualTo("Ready nodes offer 3 of h100-80.whole and 0 are guaranteed to others, up to 2 are reserved: at most 1 can be guaranteed here.");
        assertThat(decide(early, "approve").status()).isEqualTo(200);
        assertThat(decide(late, "approve").text("detail")).isEqualTo(
                "Ready nodes offer 3 of h100-80.whole; 0 are guaranteed and up to 3 reserved in that time: none is left.");
        Answer refused = submit(bench.platform.nextId(), start.plus(Duration.ofHours(1)), Duration.ofHours(1));
        assertThat(refused.status()).isEqualTo(200);
        assertThat(submit(bench.platform.nextId(), start.plus(Duration.ofHours(13)), Duration.ofHours(1)).text("detail"))
                .isEqualTo("Of 3 h100-80.whole, 0 are guaranteed and up to 3 reserved in that time: none is left.");
        // Cancelled: its time is free for the other.
        SliceKey cancelled = new SliceKey(team.tenant(), new SliceId(early));
        end(cancelled);
        assertThat(decide(late, "approve").status()).isEqualTo(200);
        Stream.of(first, second, new SliceKey(team.tenant(), new SliceId(late))).forEach(this::end);
    }

    @Test
    void anAdministratorDecidesAndOnlyOnATimeToCome() {
        UUID request = ask(in(Duration.ofMinutes(30)), Duration.ofHours(1));
        String approve = "/api/tenants/" + team.tenant() + "/slice-requests/" + request + "/approve";
        assertThat(bench.platform.post(approve, team.owner("olga"), Map.of()).status()).as("what is reserved others do without").isEqualTo(403);
        bench.passes(Duration.ofMinutes(31));
        assertThat(decide(request, "approve").status()).as("nobody decided by its start").isEqualTo(409);
        bench.clock.backToNow();
        assertThat(submit(bench.platform.nextId(), bench.clock.instant().minusSeconds(60), Duration.ofHours(1)).text("detail"))
                .isEqualTo("startsAt: a reservation begins within the next 366 days.");
        Map<String, Object> pair = new HashMap<>(Tenancy.request("pair", "h100-80.whole-x2", 3600));
        pair.put("startsAt", in(Duration.ofHours(2)).toString());
        assertThat(bench.platform.put(team.requests() + bench.platform.nextId(), team.member("ada"), pair).text("detail"))
                .isEqualTo("h100-80.whole-x2 cannot be reserved: only a whole GPU or a partition of one can.");
    }

    @Test
    void withoutQuotaItIsGivenUpSomeTimeAfterItsStart() {
        SliceKey reserved = reserve(in(Duration.ofMinutes(30)), Duration.ofHours(2));
        bench.quota().limit(WHOLE, 0);
        try {
            bench.passes(Duration.ofMinutes(40));
            reconciler.reconcile(reserved);
            assertThat(bench.state(reserved)).isEqualTo(SliceState.QUEUED);
            bench.passes(Duration.ofMinutes(21));
            Slice given = bench.until(reconciler::reconcile, reserved, slice -> slice.state() == SliceState.FAILED);
            assertThat(given.standing().reason()).startsWith("Its reservation has begun, and quota is still refused: ");
        } finally {
            bench.quota().unlimited(WHOLE);
        }
    }

    private Instant in(Duration time) {
        return bench.clock.instant().plus(time).truncatedTo(ChronoUnit.SECONDS);
    }

    private SliceKey reserve(Instant start, Duration lease) {
        UUID request = ask(start, lease);
        Answer approved = decide(request, "approve");
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        return new SliceKey(team.tenant(), new SliceId(request));
    }

    private UUID ask(Instant start, Duration lease) {
        UUID request = bench.platform.nextId();
        Answer answer = submit(request, start, lease);
        assertThat(answer.text("state")).as("policy approves no reservation: %s", answer).isEqualTo("SUBMITTED");
        return request;
    }

    private Answer submit(UUID request, Instant start, Duration lease) {
        Map<String, Object> body = new HashMap<>(Tenancy.request("r" + request.getLeastSignificantBits(), WHOLE, lease.toSeconds()));
        body.put("startsAt", start.toString());
        return bench.platform.put(team.requests() + request, team.member("ada"), body);
    }

    private Answer decide(UUID request, String verb) {
        return bench.platform.post("/api/tenants/" + team.tenant() + "/slice-requests/" + request + "/" + verb, bench.platform.admin(), Map.of());
    }

    private Answer detail(SliceKey key) {
        Answer detail = bench.platform.get("/api/tenants/" + key.tenant() + "/slices/" + key.slice(), team.member("ada"));
        return new Answer(detail.status(), Objects.requireNonNull(detail.body().get("slice")), detail.headers());
    }

    private List<Boolean> asked(List<SliceKey> keys) {
        return keys.stream().map(key -> bench.slice(key).standing().interruption().givesBackAt() != null).toList();
    }

    private Slice until(SliceKey key, SliceState state) {
        return bench.until(reconciler::reconcile, key, slice -> slice.state() == state);
    }

    private void end(SliceKey key) {
        bench.release(key);
        until(key, SliceState.RELEASED);
    }
}
