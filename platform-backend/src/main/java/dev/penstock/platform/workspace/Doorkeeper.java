package dev.penstock.platform.workspace;

import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.provisioning.Doors;
import dev.penstock.platform.provisioning.Doors.Door;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Who is let in. A session holds as long as its time, the workspace and the person's membership do; each is asked again when what is known is older than
 * {@code check-every}. Asks the database and the cluster, so never on an event loop.
 */
@Component
class Doorkeeper {

    private static final Logger log = LoggerFactory.getLogger(Doorkeeper.class);
    private static final Actor PROXY = Actor.system("workspace-proxy");

    private final JobTransactions transactions;
    private final EntryTable table;
    private final Access access;
    private final Doors doors;
    private final AuditLog audit;
    private final WorkspaceSettings settings;
    private final Supplier<UUID> ids;
    private final Clock clock;
    /** Only of those who are let in; by digest. */
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Doorkeeper(
            JobTransactions transactions,
            EntryTable table,
            Access access,
            Doors doors,
            AuditLog audit,
            WorkspaceSettings settings,
            Supplier<UUID> ids,
            Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.access = access;
        this.doors = doors;
        this.audit = audit;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    private static final Duration UNKNOWN_AT_MOST = Duration.ofSeconds(30);
    private static final Duration LATE_CLOCKS = Duration.ofMinutes(5);

    private record Known(Visitor visitor, Instant at) {}

    /** Somebody who is let in, and where to. */
    record Visitor(Entry entry, Door door) {}

    /** Swaps a ticket for a session at the workspace's own host; empty: it is none, was used, is too old, or is not for this host or not any more. */
    Optional<Token> enter(Token ticket, String label) {
        Optional<Entry> entry = transactions.inTenant(Job.WEB, PROXY, ticket.tenant(), () -> table.byTicket(ticket));
        return entry.filter(found -> Hosts.label(found.key()).equals(label)).filter(this::holds).flatMap(found -> begin(ticket, found));
    }

    private Optional<Token> begin(Token ticket, Entry entry) {
        Token session = Token.random(ticket.tenant(), ids);
        Instant until = clock.instant().plus(settings.sessionLife());
        boolean first = transactions.inTenant(Job.WEB, entry.actor(), ticket.tenant(), () -> {
            boolean swapped = table.swap(ticket, session, until);
            if (swapped) {
                audit.append(new AuditEvent(
                        "workspace.enter", "slice", entry.key().slice().toString(), entry.name(), entry.project(), null, null, Map.of("until", until.toString())));
            }
            return swapped;
        });
        return first ? Optional.of(session) : Optional.empty();
    }

    /** Writes down that somebody came by SSH; what came with a ticket is written down as it is swapped. */
    void cameBySsh(Entry entry, long serial) {
        transactions.inTenant(Job.WEB, entry.actor(), entry.key().tenant(), () -> {
            audit.append(new AuditEvent(
                    "workspace.enter", "slice", entry.key().slice().toString(), entry.name(), entry.project(), null, null, Map.of("serial", Long.toString(serial))));
            return true;
        });
    }

    /** Ends what goes on in sessions that do not hold any more. */
    void check(Live live, Runnable onCut) {
        for (Live.Call call : live.calls()) {
            if (!stillAdmitted(call)) {
                onCut.run();
                call.cut().run();
            }
        }
        forget();
    }

    /** One that cannot be looked at at all keeps nobody from looking at the others. */
    private boolean stillAdmitted(Live.Call call) {
        try {
            return stillAdmits(call.session(), call.label());
        } catch (RuntimeException e) {
            log.warn("whether a session in a workspace still holds could not be found out, so it is ended: {}", e.getMessage());
            return false;
        }
    }

    /** Whether somebody came by it lately and was let in; asks nobody. */
    boolean knows(Token session) {
        return known.containsKey(HexFormat.of().formatHex(session.digest()));
    }

    /** Empty: the session is over, or it is another workspace's. */
    Optional<Visitor> admit(Token session, String label) {
        String digest = HexFormat.of().formatHex(session.digest());
        Known last = known.get(digest);
        Instant now = clock.instant();
        if (last == null || !now.isBefore(last.at().plus(settings.checkEvery()))) {
            last = look(session).map(visitor -> new Known(visitor, now)).orElse(null);
            if (last == null) {
                known.remove(digest);
                return Optional.empty();
            }
            known.put(digest, last);
        }
        return Optional.of(last.visitor()).filter(visitor -> holds(visitor.entry()) && Hosts.label(visitor.entry().key()).equals(label));
    }

    /**
     * Of somebody who was let in. Where it cannot be found out (the database or the cluster does not answer) what is known in memory counts, the session's end and
     * the membership above all, and nothing for longer than some time.
     */
    private boolean stillAdmits(Token session, String label) {
        try {
            return admit(session, label).isPresent();
        } catch (RuntimeException e) {
            Known last = known.get(HexFormat.of().formatHex(session.digest()));
            return last != null && holds(last.visitor().entry()) && clock.instant().isBefore(last.at().plus(UNKNOWN_AT_MOST));
        }
    }

    private Optional<Visitor> look(Token session) {
        Optional<Entry> entry = transactions.inTenant(Job.WEB, PROXY, session.tenant(), () -> table.bySession(session)).filter(this::holds);
        return entry.flatMap(found -> doors.find(found.key(), found.project(), found.kind()).map(door -> new Visitor(found, door)));
    }

    private boolean holds(Entry entry) {
        return entry.holdsAt(clock.instant()) && access.isMember(entry.key().tenant(), entry.project(), entry.person());
    }

    /** What nobody asked for lately. */
    private void forget() {
        Instant old = clock.instant().minus(settings.checkEvery()).minus(UNKNOWN_AT_MOST);
        known.values().removeIf(last -> last.at().isBefore(old));
    }

    /** Tickets, sessions and certificates that are long over. */
    void sweep() {
        Instant old = clock.instant().minus(LATE_CLOCKS);
        int unused = transactions.acrossTenants(Job.RECONCILE, PROXY, () -> table.deleteOverBefore(old));
    }
}
