package dev.penstock.quota.apikey;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who holds a key. Asked for every call: from memory, without waiting. */
@Component
public class Keys {

    private final TableCopy<String, KeyRow> copy;
    private final Pepper pepper;
    private final LastUse lastUse;
    private final Clock clock;
    private final Pepper.Proof nobodys;

    Keys(TableCopy<String, KeyRow> copy, Pepper pepper, LastUse lastUse, Clock clock) {
        this.copy = copy;
        this.pepper = pepper;
        this.lastUse = lastUse;
        this.clock = clock;
        this.nobodys = pepper.nobodys();
    }

    /** Whether it looks like a key of ours at all, and not like an access token. */
    public static boolean looksLikeOne(String presented) {
        return presented.startsWith(KeyText.PREFIX);
    }

    /** A key that works now, by its id and not as its holder: for asking what it could do. */
    public Optional<Key> look(TenantId tenant, KeyId id) {
        Instant now = clock.instant();
        return copy.current().values().stream()
                .filter(row -> row.id().equals(id) && row.tenant().equals(tenant) && row.worksAt(now))
                .findFirst()
                .map(Keys::key);
    }

    /** @param works whether it opens anything now */
    record Recognised(KeyRow row, boolean works) {}

    /** Whose key it is, without it being used; empty: none of ours, or with another secret. */
    Optional<Recognised> recognise(String text) {
        return KeyText.parse(text)
                .flatMap(key -> Optional.ofNullable(copy.current().get(key.publicId())).filter(row -> pepper.holds(row.proof(), key)))
                .map(row -> new Recognised(row, row.worksAt(clock.instant())));
    }

    /**
     * @return empty: unknown, expired, revoked, mistyped, all alike
     * @throws ProblemException when the copy of keys is too old to be trusted
     */
    public Optional<Key> find(String presented) {
        Optional<KeyText> text = KeyText.parse(presented);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        KeyRow row = copy.current().get(text.get().publicId());
        // For an id that nobody has as well: how long it takes must not tell which ids there are.
        boolean holds = pepper.holds(row == null ? nobodys : row.proof(), text.get());
        if (row == null || !holds || !row.worksAt(clock.instant())) {
            return Optional.empty();
        }
        lastUse.note(row);
        return Optional.of(key(row));
    }

    private static Key key(KeyRow row) {
        return new Key(row.id(), row.tenant(), row.project(), row.models(), row.scope());
    }
}
