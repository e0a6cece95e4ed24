package dev.penstock.platform.workspace;

import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SshCertificate;
import dev.penstock.contract.platform.SshKeySpec;
import dev.penstock.contract.platform.WorkspaceTicket;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.provisioning.Doors;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.platform.slice.Slices;
import dev.penstock.platform.slice.Workspace;
import dev.penstock.platform.ssh.SshAuthority;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What members of a project are given so that they get into its workspaces. Administrators are given nothing: what is in there is the team's. */
@Component
class Entrances {

    private final JobTransactions transactions;
    private final Slices slices;
    private final EntryTable table;
    private final ProxyServer proxy;
    private final SshAuthority ssh;
    private final SshEntrance entrance;
    private final Access access;
    private final AuditLog audit;
    private final WorkspaceSettings settings;
    private final Supplier<UUID> ids;
    private final Clock clock;

    Entrances(
            JobTransactions transactions,
            Slices slices,
            EntryTable table,
            ProxyServer proxy,
            SshAuthority ssh,
            SshEntrance entrance,
            Access access,
            AuditLog audit,
            WorkspaceSettings settings,
            Supplier<UUID> ids,
            Clock clock) {
        this.transactions = transactions;
        this.slices = slices;
        this.table = table;
        this.proxy = proxy;
        this.ssh = ssh;
        this.entrance = entrance;
        this.access = access;
        this.audit = audit;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    WorkspaceTicket open(SliceKey key) {
        access.requireSees(key.tenant(), null);
        Token ticket = Token.random(key.tenant(), ids);
        Instant now = clock.instant();
        Instant until = now.plus(settings.ticketLife());
        return transactions.inTenant(Job.WEB, access.actor(), key.tenant(), () -> {
            Slice slice = ready(key);
            if (!workspace(slice).kind().inBrowser()) {
                throw wrong("It is reached by SSH, not in a browser.");
            }
            Hosts hosts = proxy.hosts().orElseThrow(() -> wrong("This installation has no address for workspaces (penstock.workspaces.address)."));
            table.issue(ticket, key, access.caller(), now, until);
            append("workspace.open", slice, Map.of("until", until.toString()));
            return new WorkspaceTicket(URI.create(hosts.origin(Hosts.label(key)) + Proxy.ENTER + "?ticket=" + ticket.text()), until);
        });
    }

    SshCertificate sign(SliceKey key, SshKeySpec spec) {
        access.requireSees(key.tenant(), null);
        return transactions.inTenant(Job.WEB, access.actor(), key.tenant(), () -> {
            Slice slice = ready(key);
            if (workspace(slice).kind().inBrowser()) {
                throw wrong("It is opened in a browser, not by SSH.");
            }
            String principal = Doors.principal(key);
            SshAuthority.Signed signed = ssh.sign(spec.publicKey(), principal, access.caller().subject(), Duration.ofMinutes(spec.minutes()));
            table.admit(Token.ofCertificate(key.tenant(), signed.serial()), key, access.caller(), clock.instant(), signed.until());
            append("workspace.sign", slice, Map.of(
                    "principal", principal, "serial", Long.toString(signed.serial()), "key", signed.fingerprint(), "until", signed.until().toString()));
            return new SshCertificate(signed.line(), principal, signed.serial(), signed.until(), entrance.commandFor(key, principal).orElse(null));
        });
    }

    private Slice ready(SliceKey key) {
        Slice slice = slices.find(key).orElseThrow(Access::notFound);
        access.requireMember(key.tenant(), slice.approved().project());
        workspace(slice);
        if (slice.state() != SliceState.READY) {
            throw wrong("The workspace is not ready.");
        }
        return slice;
    }

    private static Workspace workspace(Slice slice) {
        Workspace workspace = slice.approved().workspace();
        if (workspace == null) {
            throw wrong("It is no workspace of an image; its page says how it is reached.");
        }
        return workspace;
    }

    private void append(String action, Slice slice, Map<String, String> facts) {
        audit.append(new AuditEvent(
                action, "slice", slice.key().slice().toString(), slice.approved().name(), slice.approved().project(), null, null, facts));
    }

    private static ProblemException wrong(String sentence) {
        return new ProblemException(Problem.WRONG_STATE, sentence);
    }
}
