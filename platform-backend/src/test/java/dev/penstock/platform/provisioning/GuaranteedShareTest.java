package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.Tenancy;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Three whole cards, a team that borrows them and a team to which some are guaranteed. Who gets what by rule is {@code FairnessTableTest}'s. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuaranteedShareTest {

    private static final String WHOLE = SliceBench.WHOLE;
    private static final String PAIR = "h100-80.whole-x2";

    private SliceBench bench;
    private SliceReconciler reconciler;
    private Tenancy promised;

    @BeforeAll
    void start() {
        bench = SliceBench.still();
        reconciler = bench.reconciler((step, slice) -> {});
        promised = bench.another();
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    @AfterEach
    void nothingIsLeft() {
        bench.clock.backToNow();
        assertThat(bench.share(promised, 1, Map.of()).status()).isEqualTo(200);
        assertThat(bench.share(bench.tenancy, 1, Map.of()).status()).isEqualTo(200);
        assertThat(bench.quota().complaints()).isEmpty();
    }

    @Test
    void whatIsGuaranteedComesBackWithNoticeAndWhoeverBorrowedItIsBroughtUpAgain() {
        List<SliceKey> borrowed = ready(3);
        guarantee(promised, 1);
        SliceKey asking = bench.queued(promised, WHOLE);
        reconciler.reconcile(asking);
        assertThat(bench.slice(asking).standing().reason()).isEqualTo("All 3 of h100-80.whole are held; it waits for one to come free.");

        bench.askBack();
        Instant notice = bench.clock.instant().plus(Duration.ofMinutes(10));
        assertThat(borrowed).as("the youngest, and only that").extracting(key -> givesBackAt(key) != null).containsExactly(false, false, true);
        assertThat(givesBackAt(borrowed.get(2))).isBetween(notice.minusSeconds(60), notice);
        assertThat(view(bench.tenancy, borrowed.get(2)).text("givesBackAt")).isEqualTo(String.valueOf(givesBackAt(borrowed.get(2))));
        Answer place = place(promised, asking);
        assertThat(place.body().get("position").asInt()).isEqualTo(1);
        assertThat(place.body().get("waiting").asInt()).isEqualTo(1);
        assertThat(place.body().get("guaranteed").asBoolean()).isTrue();
        assertThat(Instant.parse(place.text("expectedAt"))).isCloseTo(Objects.requireNonNull(givesBackAt(borrowed.get(2))), within(1, ChronoUnit.MILLIS));

        bench.passes(Duration.ofMinutes(9));
        bench.askBack();
        assertThat(bench.state(borrowed.get(2))).as("its notice has not ended").isEqualTo(SliceState.READY);
        bench.passes(Duration.ofMinutes(1));
        bench.askBack();
        Slice stopped = until(borrowed.get(2), SliceState.QUEUED);
        assertThat(stopped.standing().reason()).isEqualTo("The part was borrowed and is needed where it is guaranteed or reserved.");
        assertThat(bench.quota().open(WHOLE)).as("its quota stays set aside").isEqualTo(3);

        reconciler.reconcile(borrowed.get(2));
        assertThat(bench.slice(borrowed.get(2)).standing().reason()).isEqualTo("What is free of h100-80.whole goes first to who is below their guaranteed share.");
        until(asking, SliceState.READY);
        bench.askBack();
        assertThat(borrowed.subList(0, 2)).as("no more than was missing").allSatisfy(key -> assertThat(givesBackAt(key)).isNull());

        bench.passes(Duration.ofMinutes(30));
        release(promised, asking);
        Slice again = until(borrowed.get(2), SliceState.READY);
        assertThat(again.phase()).isEqualTo(2);
        assertThat(bench.trail(borrowed.get(2))).containsExactly(
                "slice.queue", "slice.reserve", "slice.provision", "slice.ready", "slice.notice", "slice.yield", "slice.vacate", "slice.reserve", "slice.provision",
                "slice.ready");
        assertThat(Objects.requireNonNull(again.leaseEndsAt())).as("its lease stood still for the half hour without a part")
                .isAfter(Objects.requireNonNull(again.standing().readyAt()).plus(SliceBench.LEASE).plus(Duration.ofMinutes(30)));
        assertThat(bench.quota().lease(borrowed.get(2).slice())).as("quota reaches to where its lease ends now")
                .isGreaterThanOrEqualTo(Duration.between(again.standing().readyAt(), again.leaseEndsAt()).toSeconds());
        borrowed.forEach(key -> release(bench.tenancy, key));
        bench.assertNothingLeft(asking);
    }

    @Test
    void whoeverWorksTheQueueOutHandsPartsToAllWhoseTurnItIs() {
        List<SliceKey> keys = Stream.generate(() -> bench.queued(bench.tenancy, WHOLE)).limit(4).toList();
        reconciler.reconcile(keys.getFirst());
        assertThat(keys.subList(1, 4)).as("by whoever asked").extracting(key -> bench.slice(key).standing().holdsRoom()).containsExactly(true, true, false);
        assertThat(keys.subList(1, 4)).extracting(bench::state).containsOnly(SliceState.QUEUED);
        keys.subList(0, 3).forEach(key -> until(key, SliceState.READY));
        release(bench.tenancy, keys.getFirst());
        assertThat(bench.slice(keys.get(3)).standing().holdsRoom()).isFalse();
        bench.askBack();
        assertThat(bench.slice(keys.get(3)).standing().holdsRoom()).as("by the look at the queue").isTrue();
        until(keys.get(3), SliceState.READY);
        keys.subList(1, 4).forEach(key -> release(bench.tenancy, key));
    }

    @Test
    void aNoticeIsTakenBackWhenTheNeedIsGone() {
        List<SliceKey> borrowed = ready(3);
        guarantee(promised, 1);
        SliceKey asking = bench.queued(promised, WHOLE);
        bench.askBack();
        assertThat(givesBackAt(borrowed.get(2))).isNotNull();
        release(promised, asking);
        bench.askBack();
        assertThat(givesBackAt(borrowed.get(2))).isNull();
        bench.passes(Duration.ofMinutes(11));
        bench.askBack();
        assertThat(bench.state(borrowed.get(2))).isEqualTo(SliceState.READY);
        assertThat(bench.trail(borrowed.get(2))).endsWith("slice.notice", "slice.notice-withdrawn");
        borrowed.forEach(key -> release(bench.tenancy, key));
    }

    @Test
    void whatIsGuaranteedIsNotAskedBack() {
        guarantee(bench.tenancy, 2);
        List<SliceKey> held = ready(3);
        guarantee(promised, 1);
        SliceKey first = bench.queued(promised, WHOLE);
        SliceKey second = bench.queued(promised, WHOLE);
        bench.askBack();
        assertThat(held).extracting(key -> givesBackAt(key) != null).containsExactly(false, false, true);
        assertThat(place(promised, second).body().get("guaranteed").asBoolean()).isFalse();
        List.of(first, second).forEach(key -> release(promised, key));
        held.forEach(key -> release(bench.tenancy, key));
    }

    @Test
    void nobodyIsStoppedForASliceThatHasNoQuota() {
        List<SliceKey> borrowed = ready(2);
        guarantee(promised, 3);
        bench.quota().limit(WHOLE, 0);
        SliceKey refused = bench.queued(promised, WHOLE);
        SliceKey other = bench.queued(promised, WHOLE);
        try {
            reconciler.reconcile(refused);
            assertThat(bench.slice(refused).standing().reason()).contains("may hold 0");
        } finally {
            bench.quota().unlimited(WHOLE);
        }
        release(promised, other);
        tryAgainIn(refused, "1 hour");
        SliceKey third = bench.queued(WHOLE);
        reconciler.reconcile(third);
        until(third, SliceState.READY);
        tryAgainIn(refused, "0 hours");
        bench.askBack();
        assertThat(Stream.of(borrowed.get(0), borrowed.get(1), third)).as("within the hour").allSatisfy(key -> assertThat(givesBackAt(key)).isNull());
        bench.passes(Duration.ofMinutes(45));
        bench.askBack();
        assertThat(givesBackAt(third)).isNull();
        bench.platform.sql("update platform.slice set refused_at = refused_at - interval '1 hour' where id = '%s'".formatted(refused.slice()));
        bench.askBack();
        assertThat(Stream.of(borrowed.get(0), borrowed.get(1), third).filter(key -> givesBackAt(key) != null)).as("then one is asked").hasSize(1);
        release(promised, refused);
        Stream.of(borrowed.get(0), borrowed.get(1), third).forEach(key -> release(bench.tenancy, key));
    }

    @Test
    void noMoreIsGuaranteedThanReadyNodesOffer() {
        guarantee(bench.tenancy, 2);
        Answer tooMany = bench.share(promised, 1, Map.of(WHOLE, 2));
        assertThat(tooMany.status()).isEqualTo(409);
        assertThat(tooMany.text("detail")).isEqualTo("Ready nodes offer 3 of h100-80.whole and 2 are guaranteed to others: at most 1 can be guaranteed here.");
        assertThat(tooMany.body().get("offered").asInt()).isEqualTo(3);
        assertThat(tooMany.body().get("guaranteedToOthers").asInt()).isEqualTo(2);
        guarantee(promised, 1);
        assertThat(bench.share(bench.tenancy, 1, Map.of(WHOLE, 3)).status()).as("nor by raising an old one").isEqualTo(409);
        guarantee(bench.tenancy, 1);
        guarantee(promised, 2);
        assertThat(bench.share(promised, 1, Map.of("h100-80.none", 1)).text("code")).isEqualTo("unknown_profile");
        assertThat(bench.share(promised, 0, Map.of()).text("code")).isEqualTo("invalid_input");
        assertThat(bench.share(promised, 1, Map.of(PAIR, 1)).text("detail")).isEqualTo(PAIR + " cannot be guaranteed: only a whole GPU or a partition of one can.");
    }

    @Test
    void aTenantSeesItsOwnShareAndNothingOfOthers() {
        guarantee(promised, 2);
        assertThat(bench.share(bench.tenancy, 3, Map.of(WHOLE, 1)).status()).isEqualTo(200);
        Answer seen = bench.platform.get(bench.tenancy.path() + "/share", bench.tenancy.member("ada"));
        assertThat(seen.body().get("weight").asInt()).isEqualTo(3);
        var line = seen.body().get("lines").valueStream().filter(each -> each.get("profile").asString().equals(WHOLE)).findFirst().orElseThrow();
        assertThat(line.get("guaranteed").asInt()).isEqualTo(1);
        assertThat(line.get("guaranteedInAll").isNull()).as("what others have is not told").isTrue();
        Answer all = bench.platform.get(bench.tenancy.path() + "/share", bench.platform.admin());
        assertThat(all.body().get("lines").valueStream().filter(each -> each.get("profile").asString().equals(WHOLE)).findFirst().orElseThrow().get("guaranteedInAll").asInt()).isEqualTo(3);
    }

    private void tryAgainIn(SliceKey key, String interval) {
        bench.platform.sql("update platform.slice set next_attempt_at = now() + interval '%s' where id = '%s'".formatted(interval, key.slice()));
    }

    private void guarantee(Tenancy tenancy, int count) {
        assertThat(bench.share(tenancy, 1, Map.of(WHOLE, count)).status()).isEqualTo(200);
    }

    private List<SliceKey> ready(int count) {
        List<SliceKey> keys = Stream.generate(() -> bench.queued(WHOLE)).limit(count).toList();
        keys.forEach(key -> until(key, SliceState.READY));
        return keys;
    }

    private Slice until(SliceKey key, SliceState state) {
        return bench.until(reconciler::reconcile, key, slice -> slice.state() == state);
    }

    private void release(Tenancy tenancy, SliceKey key) {
        bench.release(key);
        until(key, SliceState.RELEASED);
    }

    private @Nullable Instant givesBackAt(SliceKey key) {
        return bench.slice(key).standing().interruption().givesBackAt();
    }

    private Answer view(Tenancy tenancy, SliceKey key) {
        Answer detail = bench.platform.get(tenancy.path() + "/slices/" + key.slice(), tenancy.member("ada"));
        return new Answer(detail.status(), detail.body().get("slice"), detail.headers());
    }

    private Answer place(Tenancy tenancy, SliceKey key) {
        Answer view = view(tenancy, key);
        return new Answer(view.status(), view.body().get("queue"), view.headers());
    }
}
