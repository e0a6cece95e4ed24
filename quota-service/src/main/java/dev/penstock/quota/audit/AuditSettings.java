package dev.penstock.quota.audit;

import dev.penstock.frame.MissingSetting;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the trail is sealed.
 *
 * @param origin the log's name in every checkpoint, for example {@code audit.penstock.example.com}; it never changes
 * @param signingKeyFile Ed25519 private key: PKCS#8 (PEM or DER), or the 32-byte seed in base64
 * @param checkpointFile where each checkpoint is appended outside the database; best on another machine's disk
 * @param checkpointEvery the longest an entry waits for a checkpoint
 * @param poll how often to look for new entries when nothing was heard
 */
@ConfigurationProperties(prefix = "penstock.audit", ignoreUnknownFields = false)
record AuditSettings(
        String origin,
        Path signingKeyFile,
        Path checkpointFile,
        @DefaultValue("10s") Duration checkpointEvery,
        @DefaultValue("1s") Duration poll) {

    AuditSettings {
        MissingSetting.require(origin, "penstock.audit.origin", "Choose the name this trail carries in its checkpoints, for example audit.penstock.example.com.");
        MissingSetting.require(signingKeyFile, "penstock.audit.signing-key-file",
                "Make a key with: openssl genpkey -algorithm ed25519 -out FILE, readable by this program alone, and set it to that file.");
        MissingSetting.require(checkpointFile, "penstock.audit.checkpoint-file",
                "Set it to a file outside the database, best on another machine's disk, to which checkpoints are appended.");
        if (checkpointEvery.isNegative() || checkpointEvery.isZero() || poll.isNegative() || poll.isZero()) {
            throw new IllegalArgumentException("penstock.audit.checkpoint-every and penstock.audit.poll are longer than nothing");
        }
    }
}
