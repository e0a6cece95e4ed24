package dev.penstock.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Files that other programs made from {@code docs/operations/verify.md}: the entries by a JavaScript engine, whose own JSON is what
 * RFC 8785 is defined by; hashes, paths and signatures by a script over a standard cryptography library. The key is that of RFC 8032
 * section 7.1, test 1.
 */
class GoldenTest {

    private static final byte[] SEED = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    private static final byte[] PUBLIC = HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    private static final String NAME = "audit.example/penstock";
    private static final String ROOT = "b69681515d74b075ae5efb207916bb627045423b701e7e109b0c09245a0ebf11";

    private final List<byte[]> entries = file("entries.jsonl").lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    private final List<String> notes = List.of(file("checkpoints.txt").split("(?m)^---\n"));
    private final LogKey key = LogKey.parse(file("key.txt").strip());

    @Test
    void whatOthersMadeIsIntact() {
        assertThat(new AuditVerifier(List.of(key)).verify(entries.iterator(), notes.iterator(), List.of()))
                .isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
                    assertThat(intact.entries()).isEqualTo(5);
                    assertThat(intact.checkpoints()).isEqualTo(3);
                    assertThat(intact.notYetSealed()).isZero();
                    assertThat(intact.root().hex()).isEqualTo(ROOT);
                    assertThat(intact.remarks()).isEmpty();
                });
    }

    @Test
    void whatOthersProvedIsIncluded() {
        EntryProof proof = EntryProof.read(file("entry-3.json").getBytes(StandardCharsets.UTF_8));

        assertThat(new AuditVerifier(List.of(key)).verify(proof, List.of()))
                .isEqualTo(new Verdict.Included(3, new String(entries.get(3), StandardCharsets.UTF_8), proof.checkpoint().checkpoint()));
        assertThat(proof.text()).isEqualTo(file("entry-3.json"));
    }

    @Test
    void weWriteTheSameBytes() {
        for (byte[] line : entries) {
            assertThat(CanonicalJson.bytes(JsonText.read(line))).isEqualTo(line);
        }
        for (String note : notes) {
            assertThat(signingKey().sign(SignedCheckpoint.parse(note).checkpoint()).note()).isEqualTo(note);
        }
    }

    @Test
    void theKeyIsThatOfTheStandard() {
        assertThat(key).isEqualTo(LogKey.of(NAME, PUBLIC)).isEqualTo(signingKey().verifier());
        assertThat(key.toString()).isEqualTo(file("key.txt").strip());
    }

    @Test
    void anEntryIsWrittenAsOthersWriteIt() {
        Map<?, ?> fields = (Map<?, ?>) Objects.requireNonNull(JsonText.read(entries.get(1)));
        EntryLine line = new EntryLine(
                1,
                UUID.fromString("01980000-0000-7000-8000-000000000001"),
                Instant.parse("2026-01-31T12:00:01.000001999Z"),
                "ada",
                "person",
                UUID.fromString("01970000-0000-7000-8000-0000000000aa"),
                null,
                "slice-request.approve",
                "slice-request",
                "r-1",
                null,
                "done",
                null,
                "ref-1",
                Map.of("state", "submitted"),
                Map.of("state", "approved", "vector", Map.of("nvidia.com/mig-1g.10gb", 1), "lease", 28_800, "cost", new BigDecimal("12.50")));

        assertThat(fields).hasSize(16);
        assertThat(new String(line.bytes(), StandardCharsets.UTF_8)).isEqualTo(new String(entries.get(1), StandardCharsets.UTF_8));
    }

    private SigningKey signingKey() {
        byte[] typed = LogKey.join(new byte[] {1}, SEED);
        return SigningKey.parse("PRIVATE+KEY+" + NAME + "+" + key.id() + "+" + Base64.getEncoder().encodeToString(typed));
    }

    private static String file(String name) {
        try (InputStream in = Objects.requireNonNull(GoldenTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
