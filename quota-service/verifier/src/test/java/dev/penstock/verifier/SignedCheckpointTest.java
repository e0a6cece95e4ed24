package dev.penstock.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SignedCheckpointTest {

    private static final SigningKey KEY = SigningKey.generate("audit.example/penstock", new SecureRandom());
    private static final Checkpoint CHECKPOINT = new Checkpoint("audit.example/penstock", 7, MerkleTree.EMPTY, Instant.parse("2026-01-31T12:00:00.1234567Z"));
    private static final SignedCheckpoint SIGNED = KEY.sign(CHECKPOINT);
    private static final List<LogKey> KEYS = List.of(KEY.verifier());

    @Test
    void aCheckpointReadsAsItWasSigned() {
        assertThat(SIGNED.note()).startsWith("""
                audit.example/penstock
                7
                47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
                time 2026-01-31T12:00:00.123456Z

                — audit.example/penstock""");
        assertThat(SignedCheckpoint.parse(SIGNED.note())).isEqualTo(SIGNED);
        assertThat(SIGNED.checkpoint()).isEqualTo(CHECKPOINT);
        assertThat(SIGNED.signedBy(KEYS)).isEqualTo(SignedCheckpoint.Signed.YES);
    }

    static Stream<Arguments> signatures() {
        SigningKey sameName = SigningKey.generate("audit.example/penstock", new SecureRandom());
        String text = CHECKPOINT.text() + "\n";
        String ours = signature(SIGNED);
        String theirs = signature(sameName.sign(CHECKPOINT));
        String wrong = signature(KEY.sign(new Checkpoint("audit.example/penstock", 8, MerkleTree.EMPTY, CHECKPOINT.time())));
        String witness = "— witness.example/w AAAAAAAAAAAAAAAA\n";
        return Stream.of(
                Arguments.of("ours", text + ours, SignedCheckpoint.Signed.YES),
                Arguments.of("a witness beside ours", text + witness + ours + witness, SignedCheckpoint.Signed.YES),
                Arguments.of("ours twice", text + ours + ours, SignedCheckpoint.Signed.YES),
                Arguments.of("another key's of our name", text + theirs, SignedCheckpoint.Signed.NO),
                Arguments.of("another key's of our name beside ours", text + theirs + ours, SignedCheckpoint.Signed.YES),
                Arguments.of("only a witness", text + witness, SignedCheckpoint.Signed.NO),
                Arguments.of("ours of another checkpoint", text + wrong, SignedCheckpoint.Signed.WRONGLY),
                Arguments.of("ours, and ours of another checkpoint", text + ours + wrong, SignedCheckpoint.Signed.WRONGLY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signatures")
    void onlyOurOwnSignatureCounts(String what, String note, SignedCheckpoint.Signed signed) {
        assertThat(SignedCheckpoint.parse(note).signedBy(KEYS)).isEqualTo(signed);
    }

    /** A witness may sign our checkpoint, but a key speaks only for the trail of its own name. */
    @Test
    void aTrustedKeyOfAnotherNameDoesNotSpeakForThisTrail() {
        SigningKey other = SigningKey.generate("other.example/log", new SecureRandom());

        assertThat(SIGNED.signedBy(List.of(other.verifier()))).isEqualTo(SignedCheckpoint.Signed.NO);
        assertThatThrownBy(() -> other.sign(CHECKPOINT)).hasMessage("a checkpoint of audit.example/penstock is not signed by other.example/log");
    }

    static Stream<Arguments> malformed() {
        String note = SIGNED.note();
        return Stream.of(
                Arguments.of("", "is not four lines, an empty line and a signature, each ended"),
                Arguments.of(note.stripTrailing(), "is not four lines, an empty line and a signature, each ended"),
                Arguments.of(note.replace("\n7\n", "\n7\n\n"), "is not four lines, an empty line and a signature, each ended"),
                Arguments.of(note.replace("Z\n\n", "Z\nmore\n\n"), "is not four lines, an empty line and a signature, each ended"),
                Arguments.of(note.replace("\n", "\r\n"), "holds characters that no checkpoint has"),
                Arguments.of(note.replace("\n7\n", "\n07\n"), "has the size \"07\""),
                Arguments.of(note.replace("\n7\n", "\n-7\n"), "has the size \"-7\""),
                Arguments.of(note.replace("\n7\n", "\n9999999999999999\n"), "no tree has 9999999999999999 entries"),
                Arguments.of(note.replace("SuFU=", "SuFV="), "is not base64 as an encoder writes it"),
                Arguments.of(note.replace("SuFU=", "SuFU"), "is not base64 as an encoder writes it"),
                Arguments.of(note.replace("47DEQ", "47DE"), "is not base64"),
                Arguments.of(note.replace("time ", "Time "), "in place of its time"),
                Arguments.of(note.replace(".123456Z", ".123Z"), "is not a time of the form"),
                Arguments.of(note.replace("2026-01-31", "2026-02-31"), "is not a time of the form"),
                Arguments.of(note.replace("Z\n", "+00:00\n"), "is not a time of the form"),
                Arguments.of(note.replaceFirst("audit.example", "audit example"), "cannot name a trail"),
                Arguments.of(note.replace("— ", "- "), "in place of a signature"),
                Arguments.of(note.replace("— audit", "— au+dit"), "has a signature in the name of \"au+dit.example/penstock\""),
                Arguments.of(note + "— a AAAA\n", "has a signature of no length"),
                Arguments.of(note + "— a AAAAAAAA\n".repeat(32), "has more than 37 lines"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsNotACheckpointIsRefused(String note, String why) {
        assertThatThrownBy(() -> SignedCheckpoint.parse(note)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
    }

    @Test
    void keysReadAsTheyAreWritten() {
        assertThat(LogKey.parse(KEY.verifier().toString())).isEqualTo(KEY.verifier());
        assertThat(SigningKey.parse(KEY.secret()).verifier()).isEqualTo(KEY.verifier());
        assertThat(KEY.toString()).isEqualTo("signing key of " + KEY.verifier());
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, is not a verifier key of the form name+id+base64",
        "audit.example/penstock+f429f058+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea, the id f429f058 is not that of the key it stands with",
        "audit.example/other+f429f059+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea, the id f429f059 is not that of the key it stands with",
        "audit.example/penstock+f429f059+AtdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea, is not an Ed25519 key",
        "audit.example/penstock+f429f059+AdA=, is not an Ed25519 key",
        "au dit+f429f059+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea, cannot name a key"
    })
    void aKeyThatIsNoneIsRefused(String key, String why) {
        assertThatThrownBy(() -> LogKey.parse(key)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
    }

    @Test
    void aRefusedSigningKeyIsNotRepeated() {
        String secret = KEY.secret().replace("PRIVATE+KEY", "PRIVATE KEY");
        String otherId = KEY.secret().replace(KEY.verifier().id(), "00000000");

        assertThatThrownBy(() -> SigningKey.parse(secret)).hasMessage("not a signing key of the form PRIVATE+KEY+name+id+base64").hasNoCause();
        assertThatThrownBy(() -> SigningKey.parse(otherId)).hasMessage("the id 00000000 is not that of the signing key it stands with").hasNoCause();
    }

    private static String signature(SignedCheckpoint signed) {
        return signed.note().substring(signed.note().indexOf("\n\n") + 2);
    }
}
