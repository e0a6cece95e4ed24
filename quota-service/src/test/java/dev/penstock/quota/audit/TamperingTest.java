package dev.penstock.quota.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.quota.Verification;
import dev.penstock.frame.jobs.Job;
import dev.penstock.verifier.Verify;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise 4: any alteration of what a checkpoint covers is found by who holds that checkpoint, whoever made it. */
@Timeout(300)
class TamperingTest {

    private TestTrail trail;

    @BeforeEach
    void empty() {
        trail = TestTrail.empty();
    }

    /** The intruder dropped constraints; other tests want them. */
    @AfterAll
    static void mend() {
        TestTrail.discard();
    }

    @ParameterizedTest
    @EnumSource
    void isFound(Tampering tampering) throws IOException {
        TestTrail.Replica replica = history();
        Path kept = trail.folder().resolve("kept.txt");
        Files.writeString(kept, trail.one("select note from audit.checkpoint where number = 4"));
        assertThat(replica.verifications.run(TestTrail.AUDITOR).findings()).isEmpty();

        tampering.on(trail);

        Verification verification = replica.verifications.run(TestTrail.AUDITOR);
        assertThat(verification.intact()).isFalse();
        assertThat(verification.findings()).anySatisfy(finding -> assertThat(finding).contains(tampering.finding));
        Path bundle = replica.bundle("after.zip");
        Answer alone = verify(bundle);
        Answer held = verify(bundle, "--checkpoint", kept.toString());
        switch (tampering.bundle) {
            case BROKEN -> assertThat(List.of(alone.exit(), held.exit())).as(alone.text()).containsExactly(1, 1);
            case BROKEN_BY_WHAT_WAS_KEPT -> assertThat(List.of(alone.exit(), held.exit())).as(held.text()).containsExactly(0, 1);
            case HARMLESS -> assertThat(List.of(alone.exit(), held.exit())).as(alone.text()).containsExactly(0, 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSealerSignsNothingThatDoesNotContinueWhatItSigned(Tampering tampering) {
        TestTrail.Replica running = history();
        tampering.on(trail);
        TestTrail.Replica restarted = trail.replica();
        List<String> before = trail.column("select note from audit.checkpoint order by number");
        for (TestTrail.Replica replica : List.of(running, restarted)) {
            trail.append(1);
            replica.laterTurn();
            replica.laterTurn();
            switch (tampering.sealer) {
                case STOPS -> {
                    assertThat(replica.alarm.raised()).isNotNull();
                    assertThat(trail.column("select note from audit.checkpoint order by number")).isEqualTo(before);
                }
                case GOES_ON -> assertThat(replica.alarm.raised()).isNull();
            }
        }
        assertThat(trail.one("select count(*) from audit.entry where action = 'audit.alarm'")).isEqualTo(tampering.sealer == Tampering.Sealer.STOPS ? "2" : "0");
        assertThat(running.verifications.run(TestTrail.AUDITOR).intact()).as("going on does not cover it up").isFalse();
    }

    @Test
    void honestHistoriesRaiseNoAlarm() throws IOException {
        Random random = new Random(4);
        List<TestTrail.Replica> replicas = new ArrayList<>(List.of(trail.replica()));
        Path kept = trail.folder().resolve("kept.txt");
        for (int round = 0; round < 20; round++) {
            trail.append(random.nextInt(12));
            if (random.nextInt(4) == 0) {
                replicas.add(trail.replica());
            }
            TestTrail.Replica replica = replicas.get(random.nextInt(replicas.size()));
            if (random.nextBoolean()) {
                replica.laterTurn();
            } else {
                replica.turn();
            }
            assertThat(replica.verifications.run(TestTrail.AUDITOR).findings()).isEmpty();
            if (replica.file.last().isPresent()) {
                Answer answer = verify(replica.bundle("honest.zip"), Files.exists(kept) ? new String[] {"--checkpoint", kept.toString()} : new String[0]);
                assertThat(answer.exit()).as(answer.text()).isZero();
                Files.writeString(kept, replica.file.last().orElseThrow().note());
            }
        }
        assertThat(replicas).allSatisfy(replica -> assertThat(replica.alarm.raised()).isNull());
        Answer allCopies = verify(replicas.getFirst().bundle("last.zip"), "--checkpoint", trail.copies().toString());
        assertThat(allCopies.exit()).as("every copy outside is a checkpoint the auditor may have kept: " + allCopies.text()).isZero();
    }

    @Test
    void whileTheTrailGrowsEveryMomentOfItIsIntact() throws Exception {
        TestTrail.Replica writer = history();
        TestTrail.Replica reader = trail.replica();
        AtomicBoolean growing = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> growth = threads.submit(() -> {
                while (growing.get()) {
                    trail.append(2);
                    writer.laterTurn();
                }
            });
            for (int i = 0; i < 15; i++) {
                assertThat(reader.verifications.run(TestTrail.AUDITOR).findings()).isEmpty();
                Answer answer = verify(reader.bundle("growing.zip"));
                assertThat(answer.exit()).as(answer.text()).isZero();
            }
            growing.set(false);
            growth.get();
        }
        assertThat(Integer.parseInt(trail.one("select max(number) from audit.checkpoint"))).as("it did grow").isGreaterThan(5);
    }

    @Test
    void whatWasWrittenAfterTheLastCheckpointIsNotExportedYet() {
        TestTrail.Replica replica = history();
        trail.append(3);
        replica.turn();
        Answer answer = verify(replica.bundle("bundle.zip"));
        assertThat(answer.exit()).isZero();
        assertThat(answer.text()).startsWith("INTACT: all 25 entries").doesNotContain("not yet sealed");
    }

    @Test
    void aProofHoldsUntilItsEntryIsTouched() throws IOException {
        TestTrail.Replica replica = history();
        assertThat(verify(proof(replica, 11)).exit()).isZero();
        Tampering.EDITED.on(trail);
        assertThat(verify(proof(replica, 11)).exit()).isZero();
        assertThat(verify(proof(replica, 3)).exit()).isEqualTo(1);
    }

    private Path proof(TestTrail.Replica replica, long index) throws IOException {
        Path file = trail.folder().resolve("entry-" + index + ".json");
        return Files.writeString(file, trail.transactions().acrossTenants(Job.ORG, TestTrail.AUDITOR, () -> replica.proofs.of(index)).text());
    }

    /** 25 entries, checkpoints at 7, 12, 20 and 25. */
    private TestTrail.Replica history() {
        TestTrail.Replica replica = trail.replica();
        for (int more : List.of(7, 5, 8, 5)) {
            trail.append(more);
            replica.laterTurn();
        }
        assertThat(trail.column("select size from audit.checkpoint order by number")).containsExactly("7", "12", "20", "25");
        return replica;
    }

    private record Answer(int exit, String text) {}

    private static Answer verify(Path file, String... options) {
        List<String> words = new ArrayList<>(List.of(file.toString()));
        words.addAll(List.of(options));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        return new Answer(Verify.run(words, out, out), text.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aFindingStandsInTheSealersReport() {
        TestTrail.Replica replica = history();
        Tampering.REWRITTEN_WITH_THE_TRUE_KEY.on(trail);
        trail.append(Map.of());
        replica.laterTurn();
        SealReport report = new SealReport(
                trail.transactions(), trail.part(TreeTable.class), replica.sealing, replica.alarm, replica.file, trail.key.verifier(), replica.verifications);
        assertThat(report.now(TestTrail.AUDITOR).lastVerification()).satisfies(verification -> {
            assertThat(verification.intact()).isFalse();
            assertThat(verification.findings()).singleElement().asString().contains("history was rewritten");
        });
    }
}
