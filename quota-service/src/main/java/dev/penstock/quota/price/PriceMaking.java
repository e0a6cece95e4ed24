package dev.penstock.quota.price;

import dev.penstock.contract.quota.PriceBookSpec;
import dev.penstock.contract.quota.PriceBookView;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Makes price books, on record with what became dearer or cheaper, and lists them. They belong to no tenant. */
@Component
class PriceMaking {

    private final JobTransactions transactions;
    private final PriceTable table;
    private final AuditLog audit;
    private final Changes changes;
    private final Clock clock;

    PriceMaking(JobTransactions transactions, PriceTable table, AuditLog audit, Changes changes, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** Newest first. */
    List<PriceBookView> list(Actor reader) {
        return transactions.acrossTenants(Job.WEB, reader, this::views);
    }

    /** @throws ProblemException as {@link NextBook#after} says; the same again makes nothing and leaves no second entry in the trail */
    PriceBookView make(Actor maker, int version, PriceBookSpec spec) {
        return transactions.acrossTenants(Job.WEB, maker, () -> {
            table.lock();
            PriceBook last = table.last().orElse(null);
            PriceBook present = table.find(version).orElse(null);
            NextBook.after(last, present, version, spec, maker.name(), clock.instant().truncatedTo(ChronoUnit.MICROS)).ifPresent(book -> {
                table.insert(book, Objects.requireNonNullElse(spec.reason(), ""));
                audit.append(new AuditEvent(
                        "price-book.make", "price-book", Integer.toString(version), null, null, spec.reason(), null, PriceChanges.between(last, book)));
                changes.tell("price", null, null, Integer.toString(version), null);
            });
            PriceBook made = table.find(version).orElseThrow();
            return made.view(table.find(version + 1).orElse(null));
        });
    }

    private List<PriceBookView> views() {
        List<PriceBook> newestFirst = table.newest();
        return IntStream.range(0, newestFirst.size())
                .mapToObj(i -> newestFirst.get(i).view(i == 0 ? null : newestFirst.get(i - 1)))
                .toList();
    }
}
