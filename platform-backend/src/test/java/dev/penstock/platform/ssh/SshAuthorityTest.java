package dev.penstock.platform.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.contract.Problem;
import dev.penstock.frame.MissingSetting;
import dev.penstock.frame.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshAuthorityTest {

    /** The key of RFC 8032, section 7.1, test 1, as PKCS#8; and its public half as SSH writes it. */
    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private static final String PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    private Path folder;
    private final AtomicLong ids = new AtomicLong(41);
    private SshAuthority authority = new SshAuthority(new SshSettings(null), this::id, Clock.fixed(NOW, ZoneOffset.UTC));
    private SshAuthority none = authority;

    private UUID id() {
        return new UUID(ids.incrementAndGet(), 7);
    }

    @BeforeEach
    void key() throws IOException, GeneralSecurityException {
        Path file = folder.resolve("authority.pem");
        byte[] pkcs8 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(pkcs8) + "\n-----END PRIVATE KEY-----\n");
        authority = new SshAuthority(new SshSettings(file), this::id, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void thePublicHalfOfAKeyIsTheOneThatTheStandardSays() throws IOException {
        Path file = folder.resolve("rfc.pem");
        byte[] pkcs8 = hex("302e020100300506032b657004220420" + SEED);
        Files.writeString(file, Base64.getEncoder().encodeToString(pkcs8));
        assertThat(AuthorityKey.read(file).open()).isEqualTo(SshPublicKey.of(hex(PUBLIC)));
    }

    /** OpenSSH itself reads the certificate, and checks our signature before it shows anything. */
    @Test
    void openSshReadsWhatWeSign() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "needs ssh-keygen");
        Path key = folder.resolve("id");
        run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ada@example", "-f", key.toString()));
        Path authorityFile = folder.resolve("ca.pub");
        Files.writeString(authorityFile, authority.publicKey().orElseThrow() + "\n");
        SshAuthority.Signed signed = authority.sign(Files.readString(folder.resolve("id.pub")), "workspace-1", "ada", Duration.ofMinutes(30));
        Files.writeString(folder.resolve("id-cert.pub"), signed.line() + "\n");
        String shown = run(List.of("ssh-keygen", "-L", "-f", folder.resolve("id-cert.pub").toString()));
        assertThat(shown.lines().map(String::strip)).containsSubsequence(
                "Type: ssh-ed25519-cert-v01@openssh.com user certificate",
                "Public key: ED25519-CERT " + signed.fingerprint(),
                "Signing CA: ED25519 " + fingerprint(authorityFile) + " (using ssh-ed25519)",
                "Key ID: \"ada\"",
                "Serial: " + signed.serial(),
                "Valid: from 2026-11-22T09:59:00 to 2026-11-22T10:30:00",
                "Principals:",
                "workspace-1",
                "Critical Options: (none)",
                "Extensions:",
                "permit-port-forwarding",
                "permit-pty");
        assertThat(signed.until()).isEqualTo(NOW.plusSeconds(1800));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-ed25519 not base64!", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ==",
        // An RSA key that says it is another, and one with something behind it.
        "ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAAAgQ==",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAA==",
    })
    void onlyAnEd25519KeyIsSigned(String line) {
        assertThatThrownBy(() -> authority.sign(line, "p", "i", Duration.ofMinutes(5)))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_INPUT));
    }

    @Test
    void aKeyIsReadWithWhateverPeopleWroteBehindIt() {
        String key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
        assertThat(SshPublicKey.parse("  " + key + " ada at work\n").line()).isEqualTo(key);
    }

    @Test
    void withoutAKeyNothingIsSigned() {
        assertThat(none.publicKey()).isEmpty();
        assertThatThrownBy(() -> none.sign("", "p", "i", Duration.ofMinutes(5)))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.WRONG_STATE));
    }

    @Test
    void aFileThatIsNoKeyStopsTheStart() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.pem"), "secret words");
        assertThatThrownBy(() -> AuthorityKey.read(file)).isInstanceOf(MissingSetting.class).hasMessageNotContaining("secret words");
        assertThatThrownBy(() -> AuthorityKey.read(folder.resolve("none"))).isInstanceOf(MissingSetting.class);
    }

    private String fingerprint(Path file) throws IOException, InterruptedException {
        return run(List.of("ssh-keygen", "-l", "-f", file.toString())).split(" ")[1];
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
