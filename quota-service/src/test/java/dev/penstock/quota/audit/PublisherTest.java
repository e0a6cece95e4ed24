package dev.penstock.quota.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.verifier.SignedCheckpoint;
import dev.penstock.verifier.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a checkpoint is signed, and that it is outside the database before it counts. */
@Timeout(180)
class PublisherTest {

    private TestTrail trail;
    private TestTrail.Replica replica;

    @BeforeEach
    void empty() {
        trail = TestTrail.empty();
        replica = trail.replica();
    }

    @Test
    void nothingIsSignedWhileThereIsNothing() {
        replica.laterTurn();
        assertThat(trail.column("select note from audit.checkpoint")).isEmpty();
        assertThat(trail.copies()).doesNotExist();
    }

    @Test
    void afterAQuietTimeAnEntryIsCoveredAtOnceAndTheNextOnesInTime() {
        trail.append(1);
        replica.turn();
        assertThat(sizes()).isEqualTo("1");
        trail.append(1);
        replica.turn();
        trail.clock.advance(TestTrail.EVERY.minusMillis(1));
        replica.turn();
        assertThat(sizes()).isEqualTo("1");
        trail.clock.advance(Duration.ofMillis(1));
        replica.turn();
        assertThat(sizes()).isEqualTo("1,2");
        replica.laterTurn();
        assertThat(sizes()).as("without a new entry").isEqualTo("1,2");
    }

    @Test
    void aClockThatIsSetBackHoldsNothingUpAndTurnsNoTimeBack() {
        trail.append(1);
        replica.turn();
        trail.append(1);
        trail.clock.advance(Duration.ofHours(-1));
        replica.turn();
        assertThat(sizes()).isEqualTo("1,2");
        assertThat(trail.one("select bool_and(later.at >= earlier.at) from audit.checkpoint earlier join audit.checkpoint later on later.number = earlier.number + 1")).isEqualTo("t");
    }

    @Test
    void openPagesAreToldOfACheckpoint() {
        trail.append(1);
        replica.turn();
        assertThat(trail.column("select kind || ' ' || subject || ' ' || state from quota.change")).containsExactly("audit 1 checkpoint");
    }

    @Test
    void whatCannotLeaveTheDatabaseIsNotPublished() throws IOException {
        Path missing = trail.folder().resolve("no-such-folder").resolve("checkpoints.txt");
        TestTrail.Replica stuck = trail.replica(missing, trail.key, step -> {});
        trail.append(2);
        assertThatThrownBy(stuck::turn).isInstanceOf(UncheckedIOException.class);
        assertThat(sizes()).isNull();
        assertThat(trail.one("select count(*) from audit.leaf")).as("sealing goes on").isEqualTo("2");
        assertThat(stuck.alarm.raised()).as("a full disk is no contradiction").isNull();
        Files.createDirectory(missing.getParent());
        stuck.turn();
        assertThat(sizes()).isEqualTo("2");
    }

    @Test
    void theFileHoldsEveryCheckpointInOrder() throws IOException {
        for (int i = 0; i < 3; i++) {
            trail.append(1);
            replica.laterTurn();
        }
        assertThat(Files.readString(trail.copies())).isEqualTo(String.join("---\n", trail.column("select note from audit.checkpoint order by number")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 20, 60, 120, 180})
    void aWriteThatWasCutOffIsPassedOverAndRemoved(int length) throws IOException {
        trail.append(1);
        replica.turn();
        String whole = Files.readString(trail.copies());
        String more = "---\n" + whole;
        Files.writeString(trail.copies(), more.substring(0, Math.min(length, more.length() - 1)), StandardOpenOption.APPEND);
        trail.append(1);
        TestTrail.Replica next = trail.replica();
        next.laterTurn();
        assertThat(next.alarm.raised()).isNull();
        assertThat(Files.readString(trail.copies())).isEqualTo(whole + "---\n" + trail.one("select note from audit.checkpoint where number = 2"));
    }

    @Test
    void aFileOfSomebodyElsesIsNotWrittenInto() throws IOException {
        Files.writeString(trail.copies(), "root:x:0:0:root:/root:/bin/bash\n");
        trail.append(1);
        replica.turn();
        assertThat(replica.alarm.raised()).isNotNull();
        assertThat(Files.readString(trail.copies())).isEqualTo("root:x:0:0:root:/root:/bin/bash\n");
    }

    @Test
    void whoeverTakesTheFileAwayStopsTheSealerUntilATrustedCheckpointIsPutBack() throws IOException {
        trail.append(1);
        replica.turn();
        SignedCheckpoint trusted = replica.file.last().orElseThrow();
        Files.delete(trail.copies());
        trail.append(1);
        TestTrail.Replica without = trail.replica();
        without.laterTurn();
        assertThat(without.alarm.raised()).isNotNull().extracting(SealAlarm.Raised::sentence).asString().contains("holds none", "Put the newest checkpoint that you trust into it");
        assertThat(trail.one("select count(*) from audit.leaf")).as("nothing is sealed either").isEqualTo("1");
        Files.writeString(trail.copies(), trusted.note());
        without.laterTurn();
        assertThat(sizes()).as("not before the program is started again").isEqualTo("1");
        trail.replica().laterTurn();
        assertThat(sizes()).startsWith("1,").isNotEqualTo("1,1");
    }

    @Test
    void anotherKeyDoesNotContinueATrail() {
        trail.append(1);
        replica.turn();
        TestTrail.Replica other = trail.replica(trail.copies(), SigningKey.generate(TestTrail.ORIGIN, new SecureRandom()), step -> {});
        other.laterTurn();
        assertThat(other.alarm.raised()).isNotNull().extracting(SealAlarm.Raised::sentence).asString().contains("It is not the key");
    }

    @Test
    void whatStandsWhereTheNextEntryBelongsStopsTheSealer() {
        trail.append(2);
        replica.turn();
        trail.asIntruder("insert into audit.node values (1, 1, sha256('x'))");
        trail.append(2);
        replica.turn();
        assertThat(replica.alarm.raised()).isNotNull().extracting(SealAlarm.Raised::sentence).asString().contains("holds something already");
        assertThat(trail.one("select count(*) from audit.leaf")).isEqualTo("2");
    }

    /** Of all checkpoints, oldest first; null: none. */
    private String sizes() {
        return trail.one("select string_agg(size::text, ',' order by number) from audit.checkpoint");
    }
}
