package dev.penstock.quota.audit;

import dev.penstock.frame.MissingSetting;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.ListeningConnections;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.live.Notifications;
import dev.penstock.verifier.LogKey;
import dev.penstock.verifier.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is made from the key and the settings. */
@Configuration(proxyBeanMethods = false)
class AuditWiring {

    private static final Consumer<SealStep> NOBODY_WATCHES = step -> {};

    @Bean
    SigningKey signingKey(AuditSettings settings) {
        return KeyFile.read(settings.signingKeyFile(), settings.origin());
    }

    @Bean
    LogKey logKey(SigningKey key) {
        return key.verifier();
    }

    @Bean
    CheckpointFile checkpointFile(AuditSettings settings) {
        Path file = settings.checkpointFile().toAbsolutePath();
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            // Not made here: where a disk should be mounted and is not, the copies would end up on the wrong one.
            throw new MissingSetting("penstock.audit.checkpoint-file (in a folder that exists)", "There is no folder for " + file + ".");
        }
        return new CheckpointFile(file, settings.origin());
    }

    @Bean
    SealAlarm sealAlarm(JobTransactions transactions, AuditLog audit, Changes changes, Clock clock) {
        return new SealAlarm(transactions, audit, changes, clock);
    }

    @Bean
    Sealer sealer(JobTransactions transactions, EntryQueue queue, TreeTable tree) {
        return new Sealer(transactions, queue, tree, NOBODY_WATCHES);
    }

    @Bean
    Publisher publisher(
            JobTransactions transactions, TreeTable tree, CheckpointFile file, SigningKey key, Changes changes, Clock clock, AuditSettings settings) {
        Continuity continuity = new Continuity(tree, key.verifier(), file.path());
        return new Publisher(transactions, tree, continuity, file, key, changes, clock, settings.checkpointEvery(), NOBODY_WATCHES);
    }

    @Bean
    Sealing sealing(JobTransactions transactions, EntryQueue queue, Sealer sealer, Publisher publisher, SealAlarm alarm, Clock clock) {
        return new Sealing(transactions, queue, sealer, publisher, alarm, clock);
    }

    @Bean
    SealLoop sealLoop(Sealing sealing, ListeningConnections connections, AuditSettings settings) {
        return new SealLoop(sealing, new Notifications(connections, "audit"), settings.poll());
    }

    @Bean
    SealMetrics sealMetrics(Sealing sealing, Publisher publisher, SealAlarm alarm, Clock clock) {
        return new SealMetrics(sealing, publisher, alarm, clock);
    }

    @Bean
    Proofs proofs(EntryTable entries, TreeTable tree, LogKey key) {
        return new Proofs(entries, tree, key);
    }

    @Bean
    Bundles bundles(JobTransactions transactions, TreeTable tree, TrailRows rows, LogKey key) {
        return new Bundles(transactions, tree, rows, key);
    }

    @Bean
    Verifications verifications(JobTransactions transactions, TrailRows rows, CheckpointFile file, LogKey key, Clock clock) {
        return new Verifications(transactions, rows, file, key, clock);
    }

    @Bean
    SealReport sealReport(
            JobTransactions transactions, TreeTable tree, Sealing sealing, SealAlarm alarm, CheckpointFile file, LogKey key, Verifications verifications) {
        return new SealReport(transactions, tree, sealing, alarm, file, key, verifications);
    }
}
