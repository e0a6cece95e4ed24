package dev.penstock.quota.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.db.testing.TestDatabase;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How soon a stop that one replica made holds on both, with notifications and by polling alone. */
@Tag("long")
class StopsOverReplicasTest {

    private static final Logger log = LoggerFactory.getLogger(StopsOverReplicasTest.class);

    private static final int ROUNDS = 30;
    private static final long LATEST_MILLIS = 2_000;
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final RunningService ONE = RunningService.on(DATABASE, "--penstock.admission.replica=one");
    private static final RunningService OTHER = RunningService.on(DATABASE, "--penstock.admission.replica=other");

    @AfterEach
    void notifiesAgain() {
        ONE.execute("alter table quota.change enable trigger change_notify");
    }

    @AfterAll
    static void stop() {
        ONE.stop();
        OTHER.stop();
        DATABASE.close();
    }

    @ParameterizedTest(name = "notified: {0}")
    @ValueSource(booleans = {true, false})
    void holdsEverywhereWithinTwoSeconds(boolean notified) {
        if (!notified) {
            ONE.execute("alter table quota.change disable trigger change_notify");
        }
        List<Long> millis = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            TestTenant tenant = TestTenant.register(ONE, "UTC");
            UUID stop = UUID.randomUUID();
            ONE.send(ONE.admin(), "PUT", "/api/stops/" + stop, "{\"tenant\": \"" + tenant.id() + "\", \"reason\": \"measured\"}").is(200);
            List<String> reached = await().atMost(Duration.ofSeconds(30)).until(() -> ONE.column("""
                    select r.replica || ' ' || round(extract(epoch from r.since - s.made_at) * 1000)
                      from quota.stop s join quota.stop_reach r on r.stop_id = s.id where s.id = '%s' order by 1 desc""".formatted(stop)), noted -> noted.size() == 2);
            assertThat(reached.get(0)).startsWith("other ");
            assertThat(reached.get(1)).startsWith("one ");
            assertThat(OTHER.bean(Stops.class).of(tenant.id())).isPresent();
            millis.add(Long.parseLong(reached.getFirst().substring("other ".length())));
        }
        List<Long> sorted = millis.stream().sorted().toList();
        log.info("notified {}: the other replica refused after {} ms in the middle, {} ms at most, of {}", notified, sorted.get(ROUNDS / 2), sorted.getLast(), ROUNDS);
        assertThat(sorted).allSatisfy(each -> assertThat(each).isBetween(0L, LATEST_MILLIS));
    }
}
