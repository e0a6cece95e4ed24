package dev.penstock.quota.apikey;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.KeyRotation;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Caller;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gives keys new secrets and ends old ones, on record. Two secrets of a key work at most, and none longer than the key. */
@Component
class KeyRotations {

    private static final int TWO = 2;

    private final JobTransactions transactions;
    private final KeyTable table;
    private final TableCopy<String, KeyRow> copy;
    private final KeyWiring.KeyMaker maker;
    private final Pepper pepper;
    private final KeySettings settings;
    private final AuditLog audit;
    private final Changes changes;
    private final Clock clock;

    KeyRotations(
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

    /** @throws ProblemException {@code invalid_input}, {@code not_found}, {@code wrong_state} */
    KeyChanges.Made rotate(Caller by, TenantId tenant, KeyId id, KeyRotation asked) {
        Duration grace = grace(asked);
        KeyChanges.Made made = transactions.inTenant(Job.WEB, by.actor(), tenant, () -> {
            table.lock(tenant, id);
            Instant now = now();
            StoredKey before = found(tenant, id, now);
            if (!before.worksAt(now)) {
                throw new ProblemException(Problem.WRONG_STATE, "The key does not work any more; make another one.");
            }
            if (before.secrets().size() >= TWO) {
                throw new ProblemException(Problem.WRONG_STATE, "The key has two secrets that work, the old one until " + before.secrets().getLast().endsAt()
                        + ". End one of them first.");
            }
            KeyText text = maker.next();
            table.rotate(id, text, pepper.prove(text), by.name(), now, earlier(now.plus(grace), before.expiresAt()));
            StoredKey after = found(tenant, id, now);
            tell("key.rotate", before, after, "ROTATED");
            return new KeyChanges.Made(after, text.text());
        });
        copy.refreshAfterChange();
        return made;
    }

    /**
     * @param start of the secret
     * @throws ProblemException {@code not_found}, {@code wrong_state}; the same again changes nothing
     */
    StoredKey end(Caller by, TenantId tenant, KeyId id, String start) {
        if (!start.startsWith(KeyText.PREFIX)) {
            throw Access.notFound();
        }
        String secret = start.substring(KeyText.PREFIX.length());
        StoredKey ended = transactions.inTenant(Job.WEB, by.actor(), tenant, () -> {
            table.lock(tenant, id);
            Instant now = now();
            StoredKey before = found(tenant, id, now);
            if (!table.hadSecret(tenant, id, secret)) {
                throw Access.notFound();
            }
            if (!before.hasSecret(secret)) {
                return before;
            }
            if (before.secrets().size() < TWO) {
                throw new ProblemException(Problem.WRONG_STATE, "It is the only secret of the key that works: rotate the key first, or revoke it.");
            }
            table.endSecret(id, secret, by.name(), now);
            StoredKey after = found(tenant, id, now);
            tell("key.end-secret", before, after, "SECRET_ENDED");
            return after;
        });
        copy.refreshAfterChange();
        return ended;
    }

    private Duration grace(KeyRotation asked) {
        Long seconds = asked.graceSeconds();
        if (seconds == null) {
            return settings.grace();
        }
        if (seconds > settings.longestGrace().toSeconds()) {
            throw new ProblemException(Problem.INVALID_INPUT, "graceSeconds: at most " + settings.longestGrace().toSeconds() + ".");
        }
        return Duration.ofSeconds(seconds);
    }

    private StoredKey found(TenantId tenant, KeyId id, Instant now) {
        return table.find(tenant, id, now).orElseThrow(Access::notFound);
    }

    private void tell(String action, StoredKey before, StoredKey after, String state) {
        audit.append(new AuditEvent(action, "key", after.id().toString(), after.name(), after.project(), null, Entry.of(before), Entry.of(after)));
        changes.tell("key", after.tenant(), after.project(), after.id().toString(), state);
    }

    private static Instant earlier(Instant end, @Nullable Instant expires) {
        return expires != null && expires.isBefore(end) ? expires : end;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** How the trail keeps the secrets of a key: what shows which they are, nothing that opens anything. */
    private record Entry(List<Secret> secrets) {

        record Secret(String start, @Nullable Instant endsAt) {}

        static Entry of(StoredKey key) {
            return new Entry(key.secrets().stream().map(secret -> new Secret(KeyText.start(secret.publicId()), secret.endsAt())).toList());
        }
    }
}
