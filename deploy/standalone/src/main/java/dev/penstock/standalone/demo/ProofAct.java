package dev.penstock.standalone.demo;

import dev.penstock.contract.quota.AuditApi;
import dev.penstock.contract.quota.AuditEntry;
import dev.penstock.verifier.Verify;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** An auditor finds what was done, takes the record home and recomputes it there. */
final class ProofAct implements Act {

    private static final Duration SEALED = Duration.ofSeconds(20);
    private static final int INTACT = 0;

    private final Cast cast;
    private final Prop<byte[]> bundle = new Prop<>("an exported bundle");
    private final Prop<byte[]> kept = new Prop<>("the checkpoints that were kept");

    ProofAct(Cast cast) {
        this.cast = cast;
    }

    @Override
    public void play(Stage stage) {
        stage.step("the auditor finds who made and who revoked the key", this::trail);
        stage.step("the auditor exports the trail", this::export);
        stage.step("it is verified without the installation", this::verify);
        stage.step("one flipped bit is found", this::alter);
    }

    private String trail() {
        String key = cast.keyId().toString();
        List<AuditEntry> entries = Patience.until("both are sealed", SEALED,
                () -> cast.auditor.audit().entries(null, null, key, null, null, null, null, null, null).entries(),
                found -> found.stream().map(AuditEntry::action).toList().containsAll(List.of("key.make", "key.revoke")), List::size);
        return entries.size() + " entries by " + entries.getFirst().actor();
    }

    /** What was kept is from before: a checkpoint that is made meanwhile is of more than the export has. */
    private String export() {
        kept.set(read(cast.directory.data().resolve("audit-checkpoints.txt")));
        byte[] exported = bundle.set(cast.auditor.bytes("quota-service", AuditApi.BUNDLE));
        return exported.length + " bytes";
    }

    private String verify() {
        try {
            Path file = Files.createTempFile("penstock-demo", ".txt");
            try {
                Files.write(file, kept.get());
                Checked checked = check(bytes -> bytes, List.of("--checkpoint", file.toString()));
                Unexpected.unless(checked.outcome() == INTACT, "intact", checked.said());
                return checked.said().lines().findFirst().orElse("");
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String alter() {
        Checked checked = check(ProofAct::flipped, List.of());
        Unexpected.unless(checked.outcome() != INTACT, "a finding", checked.said());
        return checked.said().lines().findFirst().orElse("");
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] altered = bytes.clone();
        altered[altered.length / 2] ^= 1;
        return altered;
    }

    private record Checked(int outcome, String said) {}

    /** What the verifier says of the bundle as a file on its own. It needs nothing else of ours, and no network. */
    private Checked check(UnaryOperator<byte[]> change, List<String> further) {
        try {
            Path file = Files.createTempFile("penstock-demo", ".zip");
            try {
                Files.write(file, change.apply(bundle.get()));
                ByteArrayOutputStream said = new ByteArrayOutputStream();
                PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
                List<String> words = new ArrayList<>(List.of(file.toString()));
                words.addAll(further);
                return new Checked(Verify.run(words, out, out), said.toString(StandardCharsets.UTF_8).strip());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
