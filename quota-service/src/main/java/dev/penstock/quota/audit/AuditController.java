package dev.penstock.quota.audit;

import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.AuditApi;
import dev.penstock.contract.quota.AuditEntry;
import dev.penstock.contract.quota.AuditPage;
import dev.penstock.contract.quota.SealStatus;
import dev.penstock.contract.quota.Verification;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AuditController implements AuditApi {

    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 200;

    private final Access access;
    private final Readings readings;
    private final EntryTable entries;
    private final Proofs proofs;
    private final Verifications verifications;
    private final SealReport seal;

    AuditController(Access access, Readings readings, EntryTable entries, Proofs proofs, Verifications verifications, SealReport seal) {
        this.access = access;
        this.readings = readings;
        this.entries = entries;
        this.proofs = proofs;
        this.verifications = verifications;
        this.seal = seal;
    }

    @Override
    @Audited(action = "audit.read", subject = "audit-trail")
    public AuditPage entries(
            @Nullable Long before,
            @Nullable Integer limit,
            @Nullable String text,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String tenant,
            @Nullable String outcome,
            @Nullable Instant from,
            @Nullable Instant to) {
        access.requireReviewer();
        AuditFilter filter = new AuditFilter(text, actor, action, AuditFilter.tenant(tenant), outcome, from, to);
        int length = Objects.requireNonNullElse(limit, PAGE);
        if (length < 1 || length > LONGEST_PAGE) {
            throw new ProblemException(Problem.INVALID_INPUT, "A page has 1 to " + LONGEST_PAGE + " entries.").with("limit", LONGEST_PAGE);
        }
        AuditEvent reading = new AuditEvent("audit.read", "audit-trail", "entries", null, null, null, null, Map.of("filter", filter.asked()));
        return readings.read(access.actor(), reading, () -> entries.page(filter, Objects.requireNonNullElse(before, Long.MAX_VALUE), length));
    }

    @Override
    @Audited(action = "audit.read", subject = "audit-entry", id = "index")
    public AuditEntry entry(long index) {
        access.requireReviewer();
        return readings.read(access.actor(), ofEntry("audit.read", index), () -> entries.find(index).orElseThrow(Access::notFound));
    }

    @Override
    @Audited(action = "audit.export", subject = "audit-entry", id = "index")
    public String proof(long index) {
        access.requireReviewer();
        return readings.read(access.actor(), ofEntry("audit.export", index), () -> proofs.of(index)).text();
    }

    @Override
    @Audited(action = "audit.read-seal", subject = "audit-trail")
    public SealStatus seal() {
        access.requireReviewer();
        return seal.now(access.actor());
    }

    @Override
    @Audited(action = "audit.verify", subject = "audit-trail")
    public Verification verify() {
        access.requireReviewer();
        Verification result = verifications.run(access.actor());
        readings.record(access.actor(), new AuditEvent("audit.verify", "audit-trail", "all", null, null, null, null, Map.of(
                "intact", result.intact(), "entries", result.entries(), "checkpoints", result.checkpoints(), "findings", result.findings().size())));
        return result;
    }

    private static AuditEvent ofEntry(String action, long index) {
        return new AuditEvent(action, "audit-entry", Long.toString(index), null, null, null, null, null);
    }
}
