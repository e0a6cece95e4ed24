package dev.penstock.standalone.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void onlyTheOwnerMayReadThem() throws IOException {
        Secrets secrets = secrets();
        secrets.password("client-a");
        secrets.rsaKey("login.pem");
        secrets.ed25519Key("audit.pem");
        secrets.keyRing("pepper");

        assertThat(mode(folder.resolve("secrets"))).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder.resolve("secrets"))) {
            assertThat(files).hasSize(4).allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void aFolderThatWasOpenToOthersIsClosed() throws IOException {
        Path open = Files.createDirectory(folder.resolve("secrets"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        secrets().password("client-a");
        assertThat(mode(open)).isEqualTo("rwx------");
    }

    @Test
    void theyStayTheSameAndDifferFromEachOther() {
        String first = secrets().password("client-a");
        assertThat(secrets().password("client-a")).isEqualTo(first).hasSize(32).matches("[A-Za-z0-9_-]+");
        assertThat(secrets().password("client-b")).isNotEqualTo(first);
    }

    @Test
    void aKeyIsMadeOnce() throws IOException {
        String first = Files.readString(secrets().rsaKey("login.pem"));
        assertThat(Files.readString(secrets().rsaKey("login.pem"))).isEqualTo(first).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("-----END PRIVATE KEY-----\n");
    }

    @Test
    void aRingHoldsOneKeyOfItsFirstVersion() throws IOException {
        String[] ring = Files.readString(secrets().keyRing("pepper")).strip().split(" ");
        assertThat(ring).hasSize(2);
        assertThat(ring[0]).isEqualTo("1");
        assertThat(Base64.getDecoder().decode(ring[1])).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "a/b", "", "A", ".hidden"})
    void aNameCannotLeadOutOfTheFolder(String name) {
        assertThatThrownBy(() -> secrets().password(name)).isInstanceOf(IllegalArgumentException.class);
    }

    private Secrets secrets() {
        return new Secrets(folder.resolve("secrets"), new SecureRandom());
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
