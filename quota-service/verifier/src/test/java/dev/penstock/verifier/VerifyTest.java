package dev.penstock.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as an auditor runs it: words in, sentences and an exit code out. */
class VerifyTest {

    @TempDir
    Path folder;

    private final History history = History.of(12, 4, 8, 12);

    private record Run(int exit, String out, String err) {}

    @Test
    void anIntactBundleSaysWhatTheVerdictRestsOn() throws IOException {
        Run run = run(history.bundle(folder));

        assertThat(run.err).isEmpty();
        assertThat(run.exit).isZero();
        assertThat(run.out.lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("INTACT: all 12 entries are in place and as sealed, up to the last checkpoint at 2026-01-31T12:"),
                        line -> assertThat(line).startsWith("  3 checkpoints signed by audit.example/penstock, root "),
                        line -> assertThat(line).contains("You gave no checkpoint that you kept"),
                        line -> assertThat(line).contains("The key came with the file").endsWith(History.KEY.verifier().toString()));
    }

    @Test
    void whatTheAuditorHoldsIsUsedAndNamed() throws IOException {
        Run run = run(history.bundle(folder), "--key", file("key", History.KEY.verifier() + "\r\n"), "--checkpoint", file("kept", history.notes.get(1).strip().replace("\n", "\r\n")));

        assertThat(run.exit).isZero();
        assertThat(run.out).contains("  The checkpoint that you kept is part of this history.\n", "  Checked with your key " + History.KEY.verifier() + ".\n");
    }

    @Test
    void entriesNotYetSealedAreNamed() throws IOException {
        history.append();

        assertThat(run(history.bundle(folder)).out).contains("INTACT: all 12 entries", "Not yet sealed: 1 after the last checkpoint. Nothing is proven about it.");
    }

    @Test
    void anAlteredBundleIsBroken() throws IOException {
        history.edit(5, "approve", "reject");

        Run run = run(history.bundle(folder));

        assertThat(run.exit).isEqualTo(1);
        assertThat(run.out).startsWith("BROKEN: 1 finding.\n  At least one of entries 4 to 7 was altered");
    }

    @Test
    void aHistoryRewrittenWithTheKeyIsBrokenForWhoKeptACheckpoint() throws IOException {
        String kept = file("kept", String.join("---\n", history.notes));
        history.edit(5, "approve", "reject");
        history.sealAnew();
        Path bundle = history.bundle(folder);

        assertThat(run(bundle).exit).isZero();
        assertThat(run(bundle, "--checkpoint", kept)).satisfies(run -> {
            assertThat(run.exit).isEqualTo(1);
            assertThat(run.out).contains("The first 8 entries are not what was sealed in the checkpoint you kept, number 2 of them");
        });
    }

    @Test
    void aBundleWithAnotherKeyIsBrokenForWhoHoldsTheRightOne() throws IOException {
        history.edit(5, "approve", "reject");
        history.key = SigningKey.generate(History.NAME, new SecureRandom());
        history.sealAnew();
        Path bundle = history.bundle(folder);

        assertThat(run(bundle).exit).isZero();
        assertThat(run(bundle, "--key", file("key", History.KEY.verifier().toString()))).satisfies(run -> {
            assertThat(run.exit).isEqualTo(1);
            assertThat(run.out).contains("which is not among the keys you hold", "No key that you trust signed checkpoint 1 (4 entries");
        });
    }

    @Test
    void theProofOfAnEntryShowsTheEntry() throws IOException {
        Run run = run(Files.writeString(folder.resolve("entry-5.json"), proof(5, 2).text()), "--checkpoint", file("kept", history.notes.get(2)));

        assertThat(run.err).isEmpty();
        assertThat(run.exit).isZero();
        assertThat(run.out).startsWith("INTACT: this is entry 5 of the 12 that audit.example/penstock sealed by 2026-01-31T12:").contains("\"index\":5,");
    }

    @Test
    void everyEntryIsProvenByEveryCheckpointThatSealsIt() {
        for (int checkpoint = 0; checkpoint < 3; checkpoint++) {
            for (int index = 0; index < history.checkpoints().get(checkpoint).checkpoint().size(); index++) {
                EntryProof proof = proof(index, checkpoint);
                assertThat(EntryProof.read(proof.text().getBytes(StandardCharsets.UTF_8))).isEqualTo(proof);
                assertThat(new AuditVerifier(List.of(proof.key())).verify(proof, List.of())).isInstanceOf(Verdict.Included.class);
            }
        }
    }

    @Test
    void aProofOfAnotherEntryIsBroken() throws IOException {
        EntryProof proof = proof(5, 2);
        EntryProof edited = new EntryProof(proof.line().replace("approve", "reject"), proof.path(), proof.checkpoint(), proof.key());
        EntryProof moved = new EntryProof(proof.line().replace("\"index\":5", "\"index\":4"), proof.path(), proof.checkpoint(), proof.key());
        EntryProof beyond = new EntryProof(proof.line().replace("\"index\":5", "\"index\":12"), proof.path(), proof.checkpoint(), proof.key());
        EntryProof spaced = new EntryProof(proof.line() + " ", proof.path(), proof.checkpoint(), proof.key());
        EntryProof unsigned = new EntryProof(proof.line(), proof.path(), proof.checkpoint(), SigningKey.generate(History.NAME, new SecureRandom()).verifier());

        for (EntryProof wrong : List.of(edited, moved, beyond, spaced, unsigned)) {
            Run run = run(Files.writeString(folder.resolve("entry.json"), wrong.text()));
            assertThat(run.exit).as(run.out).isEqualTo(1);
        }
    }

    @Test
    void aProofFromARewrittenHistoryIsBrokenForWhoKeptThatCheckpoint() throws IOException {
        String kept = file("kept", history.notes.get(2));
        history.edit(5, "approve", "reject");
        history.sealAnew();

        Run run = run(Files.writeString(folder.resolve("entry-5.json"), proof(5, 2).text()), "--checkpoint", kept);

        assertThat(run.exit).isEqualTo(1);
        assertThat(run.out).contains("the history was rewritten since");
    }

    @Test
    void aProofAndACheckpointOfAnotherSizeCannotBeCompared() throws IOException {
        Run run = run(Files.writeString(folder.resolve("entry-5.json"), proof(5, 2).text()), "--checkpoint", file("kept", history.notes.get(1)));

        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).startsWith("The checkpoint you kept seals another number of entries than this proof's, 12");
    }

    @Test
    void helpIsHelp() {
        assertThat(run("--help")).isEqualTo(new Run(0, Arguments.USAGE + "\n", ""));
    }

    @Test
    void whatIsNotUnderstoodIsSaid() throws IOException {
        String bundle = history.bundle(folder).toString();

        assertUnusable(run(), "Which file?");
        assertUnusable(run(bundle, bundle), "FILE is given twice.");
        assertUnusable(run(bundle, "--fast"), "There is no option \"--fast\".");
        assertUnusable(run(bundle, "--key"), "After --key comes a file.");
        assertUnusable(run(folder.resolve("none").toString()), "There is no file ");
        assertUnusable(run(bundle, "--key", folder.toString()), "There is no file ");
        assertUnusable(run(bundle, "--key", file("key", "no key")), file("key", "no key") + " cannot be used: \"no key\" is not a verifier key");
        assertUnusable(run(bundle, "--key", file("key", "\n\n")), folder.resolve("key") + " holds no key.");
        assertUnusable(run(bundle, "--checkpoint", file("kept", "no checkpoint")), folder.resolve("kept") + " cannot be used: number 1 is not a checkpoint");
        assertUnusable(run(file("letter", "Dear auditor")), folder.resolve("letter") + " is neither a bundle (.zip) nor the proof of an entry (.json).");
    }

    @Test
    void anArchiveIsTheOneThatTheTrailNames() throws IOException, NoSuchAlgorithmException {
        String archive = file("usage-2026-01-30.gz", "rows of a day");
        String other = file("other.gz", "other rows");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest("rows of a day".getBytes(StandardCharsets.UTF_8));
        history.lines.set(5, new EntryLine(
                5, new UUID(1, 1), Instant.parse("2026-01-31T12:00:00Z"), "usage-archive", "system", null, null, "usage.archive", "usage-day", "2026-01-30", null, "done",
                null, null, null, Map.of("sha256", HexFormat.of().formatHex(digest), "rows", 3L)).bytes());
        history.sealAnew();
        Path bundle = history.bundle(folder);

        assertThat(run(bundle, "--archive", archive)).satisfies(run -> {
            assertThat(run.exit).isZero();
            assertThat(run.out).contains(archive + " is the archive of 2026-01-30 that entry 5 names, with 3 rows.");
        });
        assertThat(run(bundle, "--archive", archive, "--archive", other)).satisfies(run -> {
            assertThat(run.exit).isEqualTo(1);
            assertThat(run.out).startsWith("BROKEN: 1 finding.\n  The file " + other + " is no archive that this trail names");
        });
        history.edit(5, "\"rows\":3", "\"rows\":4");
        assertThat(run(history.bundle(folder), "--archive", archive).exit).as("the trail itself is altered").isEqualTo(1);
        assertUnusable(run(bundle, "--archive", folder.resolve("none").toString()), "There is no file");
    }

    /** A trail can hold what moves a cursor or turns text around; the terminal must not obey it. */
    @Test
    void textFromTheFileIsHarmlessOnATerminal() throws IOException {
        history.lines.set(0, "{\"\\u001b[2J\\u202eINTACT\":1}".getBytes(StandardCharsets.UTF_8));

        assertThat(run(history.bundle(folder)).out).contains("has the field \"<U+001B>[2J<U+202E>INTACT\", which no entry has");
    }

    static void assertUnusable(Run run, String sentence) {
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.out).isEmpty();
        assertThat(run.err).startsWith(sentence).doesNotContain("Exception");
    }

    private EntryProof proof(int index, int checkpoint) {
        SignedCheckpoint signed = history.checkpoints().get(checkpoint);
        List<Hash> leaves = history.lines.stream().map(MerkleTree::leaf).toList();
        List<Hash> path = MerkleTree.inclusion(index, signed.checkpoint().size(), Trees.nodes(leaves));
        return new EntryProof(new String(history.lines.get(index), StandardCharsets.UTF_8), path, signed, History.KEY.verifier());
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static Run run(Path file, String... more) {
        String[] words = Arrays.copyOf(more, more.length + 1);
        words[more.length] = file.toString();
        return run(words);
    }

    private static Run run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Verify.run(List.of(words), new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
