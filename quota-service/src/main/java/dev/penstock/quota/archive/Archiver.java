package dev.penstock.quota.archive;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One day after the other, the oldest first.
 *
 * <pre>
 * killed before the file has its name    what was written is removed by the next one who writes that day
 * killed before the day is dropped       the next one writes the same bytes under the same name
 * a row came in between                  the database refuses; the next one writes another file, and the first is of no day
 * the answer of the commit is lost       the day is gone, and the next one is looked at
 * </pre>
 */
final class Archiver {

    static final Actor ACTOR = Actor.system("usage-archive");

    private static final Logger log = LoggerFactory.getLogger(Archiver.class);

    private final JobTransactions transactions;
    private final DayTable days;
    private final ArchiveFolder folder;
    private final Consumer<ArchiveStep> steps;

    Archiver(JobTransactions transactions, DayTable days, ArchiveFolder folder, Consumer<ArchiveStep> steps) {
        this.transactions = transactions;
        this.days = days;
        this.folder = folder;
        this.steps = steps;
    }

    /**
     * Archives the oldest day that is here, if it may go.
     *
     * @param months for how many usage is kept
     * @return what was archived; empty: nothing may go, or somebody else is at it
     * @throws ArchiveFailed with nothing dropped
     */
    Optional<ArchivedDay> archiveOldest(int months) {
        // 1. Which day may go?
        steps.accept(ArchiveStep.CHOOSE);
        Optional<LocalDate> day = transactions.acrossTenants(Job.SETTLE, ACTOR, () -> days.oldest().filter(oldest -> mayGo(oldest, months)));
        return day.flatMap(each -> {
            try {
                return archive(each, months);
            } catch (RuntimeException e) {
                throw new ArchiveFailed("Usage of " + each + " stays in the database: archiving it into " + folder.path() + " failed: " + e.getMessage(), e);
            }
        });
    }

    private Optional<ArchivedDay> archive(LocalDate day, int months) {
        // 2. Its rows into a file, as of one moment.
        steps.accept(ArchiveStep.WRITE);
        Optional<ArchivedDay> written = transactions.atOneMoment(Job.ORG, ACTOR, () -> days.takeWriting() ? Optional.of(write(day)) : Optional.empty());
        if (written.isEmpty()) {
            return written;
        }
        // 3. What is on disk is what was written.
        steps.accept(ArchiveStep.VERIFY);
        folder.read(written.get(), row -> {});
        // 4. The database compares that with what it has, records it and drops the day.
        steps.accept(ArchiveStep.DROP);
        boolean dropped = transactions.acrossTenants(Job.SETTLE, ACTOR, () -> {
            boolean now = days.drop(written.get(), months);
            steps.accept(ArchiveStep.COMMIT);
            return now;
        });
        steps.accept(ArchiveStep.DONE);
        if (dropped) {
            log.info("usage of {} is archived: {} rows in {}, SHA-256 {}", day, written.get().rows(), written.get().file(), written.get().sha256());
        }
        return written;
    }

    private boolean mayGo(LocalDate day, int months) {
        Optional<String> why = days.whyStays(day, months);
        why.ifPresent(reason -> log.debug("usage of {} stays: {}", day, reason));
        return why.isEmpty();
    }

    private ArchivedDay write(LocalDate day) {
        try (Stream<ArchiveLine> rows = days.rows(day)) {
            return folder.write(day, rows.iterator());
        } catch (IOException e) {
            throw new UncheckedIOException(e.toString(), e);
        }
    }
}
