package dev.penstock.quota.alias;

import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.AliasSpec;
import dev.penstock.contract.quota.AliasTarget;
import dev.penstock.contract.quota.AliasView;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes aliases, on record with what they were before, and lists them. They belong to no tenant. */
@Component
class AliasMaking {

    /** Every replica holds all of them. */
    private static final int MOST = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    private final JobTransactions transactions;
    private final AliasTable table;
    private final TableCopy<String, Alias> copy;
    private final AuditLog audit;
    private final Changes changes;
    private final Clock clock;

    AliasMaking(JobTransactions transactions, AliasTable table, TableCopy<String, Alias> copy, AuditLog audit, Changes changes, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.copy = copy;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** By name. */
    List<AliasView> list(Actor reader) {
        return transactions.acrossTenants(Job.WEB, reader, () -> table.last().stream().map(Alias::view).toList());
    }

    /** @throws ProblemException {@code invalid_input}, {@code changed_meanwhile}, {@code limit_reached}; the same again makes nothing */
    AliasView make(Actor maker, String name, int version, AliasSpec spec) {
        requireSound(name, spec);
        Alias made = transactions.acrossTenants(Job.WEB, maker, () -> {
            table.lock();
            Alias present = table.find(name, version).orElse(null);
            return present != null && saysTheSame(present, spec) ? present : next(maker, name, version, spec);
        });
        copy.refreshAfterChange();
        return made.view();
    }

    private Alias next(Actor maker, String name, int version, AliasSpec spec) {
        Alias last = table.last(name).orElse(null);
        long expected = last == null ? 1 : last.version() + 1;
        if (version != expected) {
            throw new ProblemException(Problem.CHANGED_MEANWHILE, "The next version of " + name + " is " + expected + ", not " + version + "; nothing was saved.")
                    .with("expected", expected);
        }
        if (last == null && table.names() >= MOST) {
            throw new ProblemException(Problem.LIMIT_REACHED, "There are " + MOST + " aliases already.");
        }
        Alias alias = new Alias(name, version, spec.strategy(), spec.targets(), maker.name(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        table.insert(alias, Objects.requireNonNullElse(spec.reason(), ""));
        audit.append(new AuditEvent("alias.make", "alias", name, name, null, spec.reason(), Entry.of(last), Entry.of(alias)));
        changes.tell("alias", null, null, name, alias.withdrawn() ? "WITHDRAWN" : null);
        return alias;
    }

    private static boolean saysTheSame(Alias present, AliasSpec spec) {
        return present.strategy() == spec.strategy() && present.targets().equals(spec.targets());
    }

    private static void requireSound(String name, AliasSpec spec) {
        require(NAME.matcher(name).matches(), "name: begins with a letter or digit and has at most 100 letters, digits and . _ : -");
        Set<String> seen = new HashSet<>();
        for (AliasTarget target : spec.targets()) {
            require(seen.add(target.model()), "targets: " + target.model() + " stands twice.");
        }
        require(spec.targets().isEmpty() || spec.targets().stream().anyMatch(target -> target.tier() == 0), "targets: none is in tier 0.");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ProblemException(Problem.INVALID_INPUT, otherwise);
        }
    }

    /** How the trail keeps an alias. */
    private record Entry(long version, String strategy, List<AliasTarget> targets) {

        static @Nullable Entry of(@Nullable Alias alias) {
            return alias == null ? null : new Entry(alias.version(), alias.strategy().name(), alias.targets());
        }
    }
}
