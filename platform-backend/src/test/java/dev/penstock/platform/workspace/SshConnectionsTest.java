package dev.penstock.platform.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.penstock.frame.MissingSetting;
import dev.penstock.platform.running.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections of people who do not say who they are. */
class SshConnectionsTest {

    private static final byte[] GREETING = "SSH-2.0-Penstock".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void whatIsNoKeyKeepsItFromStarting() throws IOException {
        for (String text : List.of("", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")) {
            SshEntrance entrance = entrance(text);
            assertThatThrownBy(entrance::start).as(text).isInstanceOf(MissingSetting.class)
                    .hasMessageContaining("penstock.ssh-entrance.host-key-file").hasMessageContaining("openssl genpkey");
            assertThat(entrance.isRunning()).isFalse();
        }
    }

    @Test
    void thereAreSoManyAndNoMoreAndOneThatGoesMakesPlace() throws IOException, NoSuchAlgorithmException {
        byte[] key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
        SshEntrance entrance = entrance("-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key) + "\n-----END PRIVATE KEY-----\n");
        entrance.start();
        try (Socket first = open(entrance); Socket second = open(entrance)) {
            assertThat(greeting(first)).isEqualTo(GREETING);
            assertThat(greeting(second)).isEqualTo(GREETING);
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                try (Socket third = open(entrance)) {
                    third.getInputStream().readAllBytes();
                }
                assertThat(metrics.get("penstock.workspaces.refused").tag("why", "connections").counter().count()).isPositive();
            });
            second.close();
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                try (Socket another = open(entrance)) {
                    return greeting(another).length > 0;
                }
            });
        } finally {
            entrance.stop();
        }
    }

    private SshEntrance entrance(String key) throws IOException {
        SshEntranceSettings settings = Settings.bind(SshEntranceSettings.class, Map.of(
                "penstock.ssh-entrance.address", "127.0.0.1:0", "penstock.ssh-entrance.port", "0", "penstock.ssh-entrance.most-sessions", "2",
                "penstock.ssh-entrance.host-key-file", Files.writeString(folder.resolve("host.pem"), key).toString(), "penstock.ssh-entrance.check-every", "1h"));
        // Nobody gets so far that the authority or the doorkeeper is asked.
        return new SshEntrance(settings, null, null, metrics, Clock.systemUTC());
    }

    private static byte[] greeting(Socket socket) throws IOException {
        return socket.getInputStream().readNBytes(GREETING.length);
    }

    private static Socket open(SshEntrance entrance) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), entrance.port());
        socket.setSoTimeout(60_000);
        return socket;
    }
}
