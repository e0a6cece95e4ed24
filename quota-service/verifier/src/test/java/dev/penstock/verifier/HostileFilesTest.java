package dev.penstock.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files made to harm the machine that checks them. The program runs as a program of its own, in 24 MiB: it ends with a sentence, without
 * a stack trace and without running out of memory.
 */
@Timeout(300)
class HostileFilesTest {

    private static final byte[] ZEROS = new byte[1 << 20];

    @TempDir
    Path folder;

    private final History history = History.of(5, 5);

    private record Run(int exit, String out, String err) {}

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private record File(String name, Content content) {}

    @Test
    void aLineThatUnpacksToMoreThanMemoryIsRefused() throws Exception {
        assertUnusable(verify(zip(key(), checkpoints(), new File("entries.jsonl", out -> zeros(out, 200)))),
                "Line 1 of entries.jsonl is longer than 1048576 bytes, which is more than is ever written.");
        assertUnusable(verify(zip(key(), new File("checkpoints.txt", out -> zeros(out, 50)), entries())),
                "Line 1 of checkpoints.txt is longer than 16384 bytes");
        assertUnusable(verify(zip(new File("key.txt", out -> zeros(out, 50)), checkpoints(), entries())),
                "The bundle's key.txt is larger than 16384 bytes");
    }

    @Test
    void deepJsonIsRefused() throws Exception {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);

        assertUnusable(verify(zip(key(), checkpoints(), file("entries.jsonl", deep + "\n"))), "Entry 0 cannot be read: it is nested deeper than 64 levels.");
        assertUnusable(verify(Files.writeString(folder.resolve("entry.json"), "{\"a\":" + deep + "}")), "The file is not a usable proof: it is nested deeper than 64 levels.");
    }

    @Test
    void manySmallThingsAreReadWithoutHarm() throws Exception {
        String many = "[" + "[],".repeat(300_000) + "[]]";

        assertThat(verify(zip(key(), checkpoints(), file("entries.jsonl", many + "\n"))).exit).isEqualTo(1);
        assertThat(verify(zip(key(), file("checkpoints.txt", "---\n".repeat(300_000)), entries())).exit).isEqualTo(1);
        assertThat(verify(zip(key(), file("checkpoints.txt", "\n".repeat(300_000)), entries())).exit).isEqualTo(1);
        assertThat(verify(zip(key(), checkpoints(), file("entries.jsonl", "\n".repeat(300_000)))).exit).isEqualTo(1);
    }

    @Test
    void aZipOfOtherFilesIsRefused() throws Exception {
        String sentence = "The zip is not a bundle: it does not hold exactly the files checkpoints.txt, entries.jsonl, key.txt, each once.";

        assertUnusable(verify(zip()), sentence);
        assertUnusable(verify(zip(key(), checkpoints())), sentence);
        assertUnusable(verify(zip(key(), checkpoints(), entries(), file("read-me-first.html", "<script>"))), sentence);
        assertUnusable(verify(zip(key(), checkpoints(), file("../entries.jsonl", ""))), sentence);
        assertUnusable(verify(zip(key(), checkpoints(), file("entries.jsonl/", ""))), sentence);
        assertUnusable(verify(zip(IntStream.range(0, 200).mapToObj(i -> file("file-" + i, "")).toArray(File[]::new))),
                "The zip is not a bundle: it holds other files or is larger than 4 GiB.");
    }

    /** Java's writer does not write a name twice, so one of equal length is renamed in the finished zip. */
    @Test
    void aNameThatIsThereTwiceIsRefused() throws Exception {
        Path zip = zip(key(), checkpoints(), entries(), file("entries.jsonX", "other entries\n"));
        replace(zip, "entries.jsonX", "entries.jsonl");

        assertUnusable(verify(zip), "The zip is not a bundle: it does not hold exactly the files");
    }

    @Test
    void aDamagedZipIsRefused() throws Exception {
        byte[] bundle = history.bundle();

        for (int length : new int[] {1, 2, 21, 22, bundle.length / 2, bundle.length - 1}) {
            assertUnusable(verify(Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bundle, length))), "");
        }
        assertUnusable(verify(Files.write(folder.resolve("empty.zip"), new byte[0])), "");
        byte[] noise = bundle.clone();
        for (int i = 30; i < bundle.length - 300; i += 7) {
            noise[i] ^= 0x55;
        }
        Run run = verify(Files.write(folder.resolve("noise.zip"), noise));
        assertThat(run.exit).isEqualTo(2);
        assertSentence(run.err);
    }

    @Test
    void aFileThatEndsWithinALineIsRefused() throws Exception {
        assertUnusable(verify(zip(key(), checkpoints(), file("entries.jsonl", "{}"))), "The file entries.jsonl ends in the middle of line 1: it was cut off.");
    }

    @Test
    void aProofThatIsNoneIsRefused() throws Exception {
        for (String text : List.of("{", "{}", "{\"format\":1}", "{\"format\":\"penstock-entry-proof-1\"}", "{\"format\":\"penstock-entry-proof-1\",\"entry\":\"\",\"path\":7,\"checkpoint\":\"\",\"key\":\"\"}")) {
            assertUnusable(verify(Files.writeString(folder.resolve("entry.json"), text)), "The file is not a");
        }
        try (OutputStream out = Files.newOutputStream(folder.resolve("entry.json"))) {
            out.write('{');
            zeros(out, 5);
        }
        assertUnusable(verify(folder.resolve("entry.json")), folder.resolve("entry.json") + " is larger than 4 MiB");
    }

    /** Not hostile, only large: 40 MB of entries in the same 24 MiB. */
    @Test
    void memoryDoesNotGrowWithTheBundle() throws Exception {
        CompactRange tree = new CompactRange();
        String padding = "x".repeat(100_000);
        EntryLine entry = history.entry(0);
        File entries = new File("entries.jsonl", out -> {
            for (int i = 0; i < 400; i++) {
                byte[] line = large(entry, i, padding);
                tree.append(MerkleTree.leaf(line));
                out.write(line);
                out.write('\n');
            }
        });
        File checkpoints = new File("checkpoints.txt", out -> out.write(History.KEY
                .sign(new Checkpoint(History.NAME, tree.size(), tree.root(), entry.at()))
                .note()
                .getBytes(StandardCharsets.UTF_8)));

        Run run = verify(zip(key(), entries, checkpoints));

        assertThat(run.err).isEmpty();
        assertThat(run.exit).isZero();
        assertThat(run.out).startsWith("INTACT: all 400 entries are in place and as sealed");
    }

    private static byte[] large(EntryLine e, int index, String reason) {
        return new EntryLine(index, e.id(), e.at(), e.actor(), e.actorKind(), e.tenant(), e.project(), e.action(), e.subjectKind(), e.subjectId(),
                e.subjectName(), e.outcome(), reason, e.reference(), e.before(), e.after()).bytes();
    }

    private static void assertUnusable(Run run, String sentence) {
        assertThat(run.err).startsWith(sentence);
        assertThat(run.exit).as(run.out).isEqualTo(2);
        assertSentence(run.err);
        assertThat(run.out).isEmpty();
    }

    private static void assertSentence(String err) {
        assertThat(err).endsWith(".\n").doesNotContain("Exception", "\tat ", "OutOfMemory");
    }

    private Run verify(Path file) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx24m", "-XX:+UseSerialGC",
                "-cp", Path.of("target", "classes").toAbsolutePath().toString(), Verify.class.getName(), file.toString());
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Path zip(File... files) throws IOException {
        Path zip = folder.resolve("hostile.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip), StandardCharsets.UTF_8)) {
            for (File file : files) {
                out.putNextEntry(new ZipEntry(file.name));
                file.content.writeTo(out);
                out.closeEntry();
            }
        }
        return zip;
    }

    private File key() {
        return file("key.txt", History.KEY.verifier() + "\n");
    }

    private File checkpoints() {
        return file("checkpoints.txt", history.notes.getFirst());
    }

    private File entries() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        history.lines.forEach(line -> {
            lines.writeBytes(line);
            lines.write('\n');
        });
        return new File("entries.jsonl", lines::writeTo);
    }

    private static File file(String name, String text) {
        return new File(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void zeros(OutputStream out, int megabytes) throws IOException {
        for (int i = 0; i < megabytes; i++) {
            out.write(ZEROS);
        }
    }

    private static void replace(Path zip, String from, String to) throws IOException {
        String bytes = Files.readString(zip, StandardCharsets.ISO_8859_1);
        Files.writeString(zip, bytes.replace(from, to), StandardCharsets.ISO_8859_1);
    }
}
