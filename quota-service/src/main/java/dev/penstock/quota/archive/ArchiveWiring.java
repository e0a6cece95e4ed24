package dev.penstock.quota.archive;

import dev.penstock.frame.MissingSetting;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.settlement.LateUse;
import dev.penstock.quota.turn.Turns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where a folder is named, days leave for it and what is late is looked up there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("penstock.usage.archive-folder")
class ArchiveWiring {

    private static final Consumer<ArchiveStep> NOBODY_WATCHES = step -> {};

    @Bean
    ArchiveFolder archiveFolder(ArchiveSettings settings) {
        Path folder = Objects.requireNonNull(settings.archiveFolder()).toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            // Not made here: where a disk should be mounted and is not, the archives would end up on the wrong one.
            throw new MissingSetting("penstock.usage.archive-folder (a folder that exists)", "There is no folder " + folder + ".");
        }
        return new ArchiveFolder(folder, NOBODY_WATCHES);
    }

    @Bean
    Archiving archiving(
            JobTransactions transactions, DayTable days, ArchiveFolder folder, LateUse late, Turns turns, ArchiveSettings settings, ArchiveMetrics metrics) {
        return new Archiving(
                new Archiver(transactions, days, folder, NOBODY_WATCHES), new LateEnds(transactions, days, folder, late), turns, settings, metrics);
    }
}
