package dev.penstock.contract.quota;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The audit trail. For auditors and administrators; reading it is itself recorded. */
@HttpExchange("/api/audit")
public interface AuditApi {

    /** A zip with every sealed entry, the checkpoints and the key, for {@code penstock verify}. */
    String BUNDLE = "/api/audit/bundle";

    /**
     * Sealed entries, newest first.
     *
     * @param before entries with a smaller index only; null: from the newest
     * @param limit at most 200; 50 when null
     * @param text part of actor, subject or reference, any case
     * @param outcome {@code done} or {@code refused}
     */
    @GetExchange("/entries")
    AuditPage entries(
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String tenant,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to);

    @GetExchange("/entries/{index}")
    AuditEntry entry(@PathVariable long index);

    /** One entry with its inclusion proof and a checkpoint: the text of a file that {@code penstock verify} checks. */
    @GetExchange("/entries/{index}/proof")
    String proof(@PathVariable long index);

    @GetExchange("/seal")
    SealStatus seal();

    /** Recomputes everything from the first entry on, now. */
    @PostExchange("/verifications")
    Verification verify();
}
