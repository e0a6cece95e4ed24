package dev.penstock.quota.apikey;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.KeySpec;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Caller;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.network.Network;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Makes and revokes keys, on record. */
@Component
class KeyChanges {

    private final JobTransactions transactions;
    private final KeyTable table;
    private final TableCopy<String, KeyRow> copy;
    private final KeyWiring.KeyMaker maker;
    private final Pepper pepper;
    private final KeySettings settings;
    private final AuditLog audit;
    private final Changes changes;
    private final Clock clock;

    KeyChanges(
            JobTransactions transactions, KeyTable table, TableCopy<String, KeyRow> copy, KeyWiring.KeyMaker maker, Pepper pepper, KeySettings settings,
            AuditLog audit, Changes changes, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.copy = copy;
        this.maker = maker;
        this.pepper = pepper;
        this.settings = settings;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** @param secret null: it was made before, and its secret was told then */
    record Made(StoredKey key, @Nullable String secret) {}

    /** @throws ProblemException {@code exists_but_different}, {@code invalid_input}, {@code limit_reached} */
    Made make(Caller by, TenantId tenant, ProjectId project, KeyId id, KeySpec told) {
        KeySpec spec = checked(told);
        Made made;
        try {
            made = transactions.inTenant(Job.WEB, by.actor(), tenant, () -> {
                Optional<StoredKey> before = table.find(tenant, id, now());
                return before.isPresent() ? repeated(before.get(), project, spec) : insert(by, tenant, project, id, spec);
            });
        } catch (DuplicateKeyException e) {
            // Two at once: the other was first. Its key is read as if it had come long before.
            made = transactions.inTenant(Job.WEB, by.actor(), tenant, () -> repeated(
                    table.find(tenant, id, now()).orElseThrow(() -> new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "The id is in use for something else.")),
                    project, spec));
        }
        copy.refreshAfterChange();
        return made;
    }

    /** Repeating it changes nothing. */
    StoredKey revoke(Caller by, TenantId tenant, KeyId id) {
        StoredKey revoked = transactions.inTenant(Job.WEB, by.actor(), tenant, () -> {
            StoredKey before = table.find(tenant, id, now()).orElseThrow(Access::notFound);
            if (before.revokedAt() != null) {
                return before;
            }
            table.revoke(tenant, id, by.name(), now());
            audit.append(new AuditEvent("key.revoke", "key", id.toString(), before.name(), before.project(), null, Entry.of(before), null));
            changes.tell("key", tenant, before.project(), id.toString(), "REVOKED");
            return table.find(tenant, id, now()).orElseThrow(Access::notFound);
        });
        copy.refreshAfterChange();
        return revoked;
    }

    private Made insert(Caller by, TenantId tenant, ProjectId project, KeyId id, KeySpec spec) {
        Instant now = now();
        if (spec.expiresAt() != null && !spec.expiresAt().isAfter(now)) {
            throw new ProblemException(Problem.INVALID_INPUT, "expiresAt: is past.");
        }
        if (!table.hold(project)) {
            throw Access.notFound();
        }
        long working = table.working(tenant, project, now);
        if (working >= settings.mostPerProject()) {
            throw new ProblemException(Problem.LIMIT_REACHED, "The project has " + working + " keys that work; revoke one first.")
                    .with("limit", settings.mostPerProject()).with("used", working);
        }
        KeyText text = maker.next();
        table.insert(tenant, project, id, spec, text, pepper.prove(text), by.name(), now);
        StoredKey made = table.find(tenant, id, now()).orElseThrow();
        audit.append(new AuditEvent("key.make", "key", id.toString(), spec.name(), project, null, null, Entry.of(made)));
        changes.tell("key", tenant, project, id.toString(), "ACTIVE");
        return new Made(made, text.text());
    }

    private static Made repeated(StoredKey before, ProjectId project, KeySpec spec) {
        if (!before.is(project, spec)) {
            throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "A key with this id was made before, for something else.");
        }
        return new Made(before, null);
    }

    /** To the microsecond, as it is kept: a repeated request must find what it asked for. */
    private static KeySpec checked(KeySpec spec) {
        if (spec.name().isBlank()) {
            throw new ProblemException(Problem.INVALID_INPUT, "name: must not be blank.");
        }
        if (spec.purpose() != null && spec.purpose().isBlank()) {
            throw new ProblemException(Problem.INVALID_INPUT, "purpose: must not be blank.");
        }
        Instant expires = spec.expiresAt();
        return new KeySpec(
                spec.name(), expires == null ? null : expires.truncatedTo(ChronoUnit.MICROS), spec.models(), spec.operations(), networks(spec.networks()), spec.purpose());
    }

    private static @Nullable List<String> networks(@Nullable List<String> told) {
        try {
            return told == null ? null : told.stream().map(Network::of).distinct().map(Network::toString).toList();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.INVALID_INPUT, "networks: " + e.getMessage());
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** How the trail keeps a key: what shows which one it is, nothing that opens anything. */
    private record Entry(
            String start, @Nullable Instant expiresAt, @Nullable List<String> models, @Nullable List<String> operations, @Nullable List<String> networks,
            @Nullable String purpose) {

        static Entry of(StoredKey key) {
            return new Entry(KeyText.start(key.publicId()), key.expiresAt(), key.models(), key.operations(), key.networks(), key.purpose());
        }
    }
}
