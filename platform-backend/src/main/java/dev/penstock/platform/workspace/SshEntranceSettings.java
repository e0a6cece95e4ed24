package dev.penstock.platform.workspace;

import dev.penstock.frame.MissingSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The jump host that leads to workspaces with an SSH server, and its bounds.
 *
 * @param address as people write it behind {@code ssh -J}: a host, perhaps with a port; null: there is none, and nothing listens
 * @param host to listen at
 * @param port to listen at; 0: any
 * @param hostKeyFile a private key that it proves itself with, in a format that OpenSSH or OpenSSL writes
 * @param mostSessions connections at once, and ways into workspaces
 * @param loginTime in which somebody must have proved who they are
 * @param idleTime after which a connection on which nothing moves is closed
 * @param checkEvery how often it is looked whether those who are in still may be
 */
@ConfigurationProperties(prefix = "penstock.ssh-entrance", ignoreUnknownFields = false)
record SshEntranceSettings(
        @Nullable String address,
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("8092") int port,
        @Nullable Path hostKeyFile,
        @DefaultValue("1000") int mostSessions,
        @DefaultValue("20s") Duration loginTime,
        @DefaultValue("1h") Duration idleTime,
        @DefaultValue("2s") Duration checkEvery) {

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\\d{1,5})?");

    SshEntranceSettings {
        if (address != null) {
            if (!ADDRESS.matcher(address).matches()) {
                throw new IllegalArgumentException("penstock.ssh-entrance.address is a host, or a host, a colon and a port: " + address);
            }
            if (hostKeyFile == null || !Files.isReadable(hostKeyFile)) {
                throw new MissingSetting("penstock.ssh-entrance.host-key-file (a readable file)",
                        "Set it to a private key that this program may read. Make one with: openssl genpkey -algorithm ed25519 -out FILE.");
            }
        }
        if (port < 0 || port > 65_535 || mostSessions < 1) {
            throw new IllegalArgumentException("penstock.ssh-entrance: port is from 0 to 65535, and there is at least 1 session");
        }
        for (Duration time : List.of(loginTime, idleTime, checkEvery)) {
            if (time.toMillis() < 1) {
                throw new IllegalArgumentException("penstock.ssh-entrance: every time is longer than nothing");
            }
        }
    }

    Path hostKey() {
        return Objects.requireNonNull(hostKeyFile);
    }
}
