package dev.penstock.quota.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.jobs.Job;
import dev.penstock.verifier.Hash;
import dev.penstock.verifier.MerkleTree;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every committed entry gets exactly one place, whatever happens to transactions, replicas and processes. */
@Timeout(300)
class SealerTest {

    private TestTrail trail;

    @BeforeEach
    void empty() {
        trail = TestTrail.empty();
    }

    @Test
    void entriesOfManyTransactionsAtOnceAreSealedOnceAndWithoutAGap() throws Exception {
        AtomicBoolean writing = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newFixedThreadPool(10)) {
            // Two replicas seal all the time while eight writers commit late, early, or not at all.
            List<Future<?>> replicas = List.of(sealWhile(threads, writing, "a"), sealWhile(threads, writing, "b"));
            List<Future<Integer>> writers = IntStream.range(0, 8).mapToObj(writer -> threads.submit(write(writer))).toList();
            int committed = 0;
            for (Future<Integer> writer : writers) {
                committed += writer.get();
            }
            writing.set(false);
            for (Future<?> replica : replicas) {
                replica.get();
            }
            TestTrail.Replica last = trail.replica();
            last.sealer.sealAll();
            assertThat(committed).isGreaterThan(100);
            assertThat(trail.one("select count(*) from audit.entry")).isEqualTo(Integer.toString(committed));
            assertSealed(committed);
        }
    }

    private Future<?> sealWhile(ExecutorService threads, AtomicBoolean writing, String name) {
        TestTrail.Replica replica = trail.replica(trail.folder().resolve(name), trail.key, step -> {});
        return threads.submit(() -> {
            while (writing.get()) {
                replica.sealer.sealAll();
            }
        });
    }

    /** Several transactions at a time on connections of their own, ended in another order than begun. */
    private Callable<Integer> write(int writer) {
        return () -> {
            Random random = new Random(writer);
            int committed = 0;
            for (int round = 0; round < 8; round++) {
                List<Connection> open = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    open.add(trail.open(writer + "-" + round + "-" + i));
                }
                while (!open.isEmpty()) {
                    try (Connection connection = open.remove(random.nextInt(open.size()))) {
                        if (random.nextInt(5) == 0) {
                            connection.rollback();
                        } else {
                            connection.commit();
                            committed++;
                        }
                    }
                }
            }
            return committed;
        };
    }

    @Test
    void aTransactionThatCommitsLateIsNotSkipped() throws SQLException {
        TestTrail.Replica replica = trail.replica();
        try (Connection late = trail.open("late"); Connection never = trail.open("never")) {
            trail.append(3);
            replica.turn();
            assertSealed(3);
            trail.append(1);
            replica.turn();
            late.commit();
            never.rollback();
            replica.turn();
        }
        assertSealed(5);
        assertThat(trail.column("select e.subject_id from audit.leaf l join audit.entry e on e.id = l.entry_id order by l.index")).last().isEqualTo("late");
    }

    @Test
    void moreThanOneBatchIsSealedInOneTurn() {
        trail.asIntruder("""
                insert into audit.entry (actor, actor_kind, action, subject_kind, subject_id, outcome)
                select 'ann', 'person', 'thing.change', 'thing', n::text, 'done' from generate_series(1, %d) n""".formatted(2 * Sealer.BATCH + 7));
        trail.replica().turn();
        assertSealed(2 * Sealer.BATCH + 7);
    }

    @Test
    void whatJsonbHoldsCanBeSealed() {
        trail.append(Map.of("huge", new BigDecimal("9".repeat(5000) + ".125"), "wide", Long.MAX_VALUE, "deep", List.of(List.of(Map.of("a", List.of())))));
        trail.replica().turn();
        assertSealed(1);
    }

    @Test
    void whatNoVerifierWouldReadIsNotWrittenInTheFirstPlace() {
        assertThatThrownBy(() -> trail.append(Map.of("text", "x".repeat(300_000)))).hasMessageContaining("entry_can_be_sealed");
        Object deep = "bottom";
        for (int i = 0; i < 40; i++) {
            deep = List.of(deep);
        }
        Object tooDeep = deep;
        assertThatThrownBy(() -> trail.append(tooDeep)).hasMessageContaining("entry_can_be_sealed");
    }

    @ParameterizedTest
    @EnumSource
    void killedAtAnyStepTheNextProcessMakesTheSameTree(SealStep step) {
        trail.append(3);
        trail.replica().turn();
        trail.clock.advance(TestTrail.EVERY);
        trail.append(10);
        AtomicBoolean alive = new AtomicBoolean(true);
        TestTrail.Replica killed = trail.replica(reached -> {
            if (reached == step && alive.getAndSet(false)) {
                throw new Killed();
            }
        });
        assertThatThrownBy(killed::turn).isInstanceOf(Killed.class);

        TestTrail.Replica next = trail.replica();
        next.turn();
        next.laterTurn();
        assertSealed(13);
        assertThat(next.alarm.raised()).isNull();
        assertThat(next.verifications.run(TestTrail.AUDITOR).findings()).isEmpty();
        assertThat(trail.one("select size from audit.checkpoint order by number desc limit 1")).isEqualTo("13");
        assertThat(next.file.last().orElseThrow().note()).isEqualTo(trail.one("select note from audit.checkpoint order by number desc limit 1"));
    }

    @Test
    void aProcessThatGoesOnAfterAnyFailureMakesTheSameTree() {
        List<SealStep> toFail = new ArrayList<>(List.of(SealStep.values()));
        TestTrail.Replica replica = trail.replica(reached -> {
            if (toFail.remove(reached)) {
                throw new Killed();
            }
        });
        trail.append(5);
        for (int attempt = 0; !toFail.isEmpty(); attempt++) {
            assertThat(attempt).as("turns").isLessThan(30);
            try {
                replica.laterTurn();
            } catch (Killed e) {
                trail.append(1);
            }
        }
        replica.laterTurn();
        assertSealed(Integer.parseInt(trail.one("select count(*) from audit.entry")));
        assertThat(replica.verifications.run(TestTrail.AUDITOR).findings()).isEmpty();
    }

    @Test
    void eachReplicaCopiesWhatTheOtherSigned() {
        Path there = trail.folder().resolve("there.txt");
        TestTrail.Replica here = trail.replica();
        TestTrail.Replica other = trail.replica(there, trail.key, step -> {});
        trail.append(2);
        here.turn();
        other.file.append(here.file.last().orElseThrow());
        trail.append(2);
        here.laterTurn();
        other.turn();
        assertThat(other.alarm.raised()).isNull();
        assertThat(other.file.last()).isEqualTo(here.file.last());
        trail.append(2);
        other.laterTurn();
        here.turn();
        assertThat(here.file.last().orElseThrow().checkpoint().size()).isEqualTo(6);
        assertThat(other.file.last()).isEqualTo(here.file.last());
    }

    /** Gapless, one leaf for each entry, the root that the leaves have, and every stored subtree right. */
    private void assertSealed(int count) {
        assertThat(trail.one("select count(*) || ' ' || coalesce(max(index), -1) || ' ' || count(distinct entry_id) from audit.leaf"))
                .isEqualTo(count + " " + (count - 1) + " " + count);
        assertThat(trail.one("select count(*) from audit.entry e left join audit.leaf l on l.entry_id = e.id where l.index is null")).isEqualTo("0");
        TreeTable tree = trail.part(TreeTable.class);
        List<Hash> leaves = new ArrayList<>();
        for (TrailRows.Sealed row : trail.transactions().acrossTenants(Job.ORG, TestTrail.AUDITOR, () -> trail.part(TrailRows.class).entries(TrailRows.ALL).toList())) {
            leaves.add(MerkleTree.leaf(row.line()));
        }
        Hash stored = trail.transactions().acrossTenants(Job.ORG, TestTrail.AUDITOR, () -> MerkleTree.root(count, tree::hash));
        assertThat(stored).isEqualTo(root(leaves));
        assertThat(trail.one("select count(*) from audit.node")).isEqualTo(Long.toString(IntStream.rangeClosed(1, 40).mapToLong(level -> (long) count >> level).sum()));
    }

    /** By the definition in RFC 6962. */
    private static Hash root(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return MerkleTree.EMPTY;
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        return MerkleTree.node(root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
