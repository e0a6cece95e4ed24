package dev.penstock.quota.archive;

import dev.penstock.contract.CallId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.settlement.LateUse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks up in the archives what was told after its day had gone, and has it decided. What an archive cannot tell, since it is not what was written, waits. */
final class LateEnds {

    /** Looked up at once. */
    private static final int BATCH = 1_000;

    private final JobTransactions transactions;
    private final DayTable days;
    private final ArchiveFolder folder;
    private final LateUse late;

    LateEnds(JobTransactions transactions, DayTable days, ArchiveFolder folder, LateUse late) {
        this.transactions = transactions;
        this.days = days;
        this.folder = folder;
        this.late = late;
    }

    /**
     * All that wait.
     *
     * @return how many were booked
     * @throws DamagedArchive if what waits of a day cannot be decided; other days were
     */
    int decide() {
        int booked = 0;
        List<Attempt> waiting;
        do {
            waiting = late.waiting(BATCH);
            booked += decide(waiting.stream().collect(Collectors.groupingBy(LateEnds::day, TreeMap::new, Collectors.toList())));
        } while (waiting.size() == BATCH);
        return booked;
    }

    private int decide(Map<LocalDate, List<Attempt>> byDay) {
        int booked = 0;
        DamagedArchive damaged = null;
        for (Map.Entry<LocalDate, List<Attempt>> each : byDay.entrySet()) {
            try {
                booked += decide(each.getKey(), each.getValue());
            } catch (DamagedArchive e) {
                damaged = e;
            }
        }
        if (damaged != null) {
            throw damaged;
        }
        return booked;
    }

    private int decide(LocalDate day, List<Attempt> attempts) {
        Set<Attempt> wanted = Set.copyOf(attempts);
        Set<Attempt> archived = new HashSet<>();
        transactions.acrossTenants(Job.SETTLE, Archiver.ACTOR, () -> days.archived(day)).ifPresent(file -> folder.read(file, row -> {
            Attempt attempt = new Attempt(new TenantId(row.tenant()), new CallId(row.call()), row.attempt());
            if (wanted.contains(attempt)) {
                archived.add(attempt);
            }
        }));
        Map<TenantId, List<Attempt>> byTenant = attempts.stream().collect(Collectors.groupingBy(Attempt::tenant));
        return byTenant.entrySet().stream().mapToInt(each -> late.decide(each.getKey(), each.getValue(), archived)).sum();
    }

    private static LocalDate day(Attempt attempt) {
        return LocalDate.ofInstant(Ask.timeOf(attempt.call()), ZoneOffset.UTC);
    }
}
