package dev.penstock.quota.underway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.EndpointId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.journal.OwnJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Replicas that begin, book, tell and die whenever they like, and somebody who asks for quiet moments all the while. Of each quiet moment: whatever
 * had begun before it is in the books that are seen with it, and whatever is not seen there is booked later.
 */
@Timeout(60)
class QuietMomentsTest {

    private static final RunningService SERVICE = RunningService.get();
    private static final Actor ACTOR = Actor.system("test");
    private static final int REPLICAS = 2;
    private static final int STEPS_IN_A_LIFE = 12;
    private static final int WORDS_IN_QUIET = 30;
    private static final int ENOUGH = 15;

    private final EndpointId endpoint = new EndpointId(UUID.randomUUID());
    private final JobTransactions transactions = SERVICE.bean(JobTransactions.class);
    private final JdbcClient jdbc = SERVICE.bean(JdbcClient.class);
    private final Set<UUID> begun = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param seen in the books at the moment */
    private record Quiet(Instant moment, Set<UUID> seen) {}

    @BeforeAll
    static void booksOfItsOwn() {
        SERVICE.execute("""
                delete from quota.life;
                create table quota.booked_in_test (id uuid primary key, booked_at timestamptz not null default clock_timestamp());
                grant select, insert on quota.booked_in_test to quota_settle;
                grant select on quota.booked_in_test to quota_org""");
    }

    @AfterAll
    static void none() {
        SERVICE.execute("delete from quota.life; drop table quota.booked_in_test");
    }

    @Test
    void noMomentIsQuietAtWhichAnythingWasUnderWay() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> replicas = new ArrayList<>();
            for (int i = 0; i < REPLICAS; i++) {
                int number = i;
                replicas.add(threads.submit(() -> lives("quiet-" + number, new Random(number))));
            }
            List<Quiet> quiet;
            try {
                quiet = ask();
            } finally {
                over.set(true);
            }
            for (Future<?> each : replicas) {
                each.get();
            }
            later(quiet);
        }
    }

    /** Each life but the last dies in the middle of something; the next one settles what it left, and only then forgets it. */
    private void lives(String name, Random random) {
        try (Journal disk = OwnJournal.onDisk()) {
            List<Attempt> left = new ArrayList<>();
            while (!over.get()) {
                TestLife life = new TestLife(SERVICE, name, disk);
                List<Attempt> open = new ArrayList<>();
                begins(life, open, random);
                left.forEach(this::book);
                life.tells();
                live(life, open, random);
                left = open;
            }
            left.forEach(this::book);
            new TestLife(SERVICE, name, disk).tells();
        }
    }

    private void live(TestLife life, List<Attempt> open, Random random) {
        for (int step = 0; step < STEPS_IN_A_LIFE; step++) {
            switch (random.nextInt(5)) {
                case 0 -> begins(life, open, random);
                case 1, 2 -> {
                    if (!open.isEmpty()) {
                        Attempt ended = open.remove(random.nextInt(open.size()));
                        book(ended);
                        life.settled(ended);
                    }
                }
                case 3 -> life.tells();
                default -> LockSupport.parkNanos(random.nextInt(3_000_000));
            }
        }
        // Mostly it falls quiet for a while before it dies.
        if (random.nextInt(4) > 0) {
            List.copyOf(open).forEach(ended -> {
                book(ended);
                life.settled(ended);
                open.remove(ended);
            });
            for (int word = 0; word < WORDS_IN_QUIET; word++) {
                LockSupport.parkNanos(random.nextInt(4_000_000));
                life.tells();
            }
        }
    }

    private void begins(TestLife life, List<Attempt> open, Random random) {
        Attempt attempt = life.begins(endpoint);
        open.add(attempt);
        LockSupport.parkNanos(random.nextInt(500_000));
        // From here on an engine may work for it.
        begun.add(attempt.call().value());
    }

    private void book(Attempt attempt) {
        transactions.acrossTenants(Job.SETTLE, ACTOR, () -> {
            jdbc.sql("insert into quota.booked_in_test (id) values (:id)").param("id", attempt.call().value()).update();
            LockSupport.parkNanos(200_000);
            return null;
        });
    }

    private List<Quiet> ask() {
        Moments moments = new Moments(transactions, SERVICE.bean(LifeTable.class), TestLife.SETTINGS);
        List<Quiet> quiet = new ArrayList<>();
        while (quiet.size() < ENOUGH) {
            Set<UUID> worked = new HashSet<>(begun);
            Instant moment = moments.now(ACTOR);
            transactions.atOneMoment(Job.ORG, ACTOR, () -> {
                AtEndpoint at = moments.at(endpoint, moment);
                if (at.told() && at.attempts() == 0) {
                    Set<UUID> seen = new HashSet<>(jdbc.sql("select id from quota.booked_in_test").query(UUID.class).list());
                    assertThat(seen).as("booked, of what had begun before %s", moment).containsAll(worked);
                    quiet.add(new Quiet(moment, seen));
                }
                return null;
            });
        }
        return quiet;
    }

    private void later(List<Quiet> quiet) {
        Map<UUID, Instant> booked = new ConcurrentHashMap<>();
        transactions.acrossTenants(Job.ORG, ACTOR, () -> jdbc.sql("select id, booked_at from quota.booked_in_test")
                .query((row, number) -> booked.put(row.getObject("id", UUID.class), Timestamps.read(row, "booked_at"))).list());
        assertThat(booked.keySet()).containsExactlyInAnyOrderElementsOf(begun);
        for (Quiet each : quiet) {
            booked.forEach((id, at) -> assertThat(each.seen().contains(id) || at.isAfter(each.moment())).as("%s booked at %s", id, at).isTrue());
        }
    }
}
