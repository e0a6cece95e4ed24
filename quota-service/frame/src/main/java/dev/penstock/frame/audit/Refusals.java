package dev.penstock.frame.audit;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Records what was refused, in a transaction of its own, since the refused one is rolled back. Tokens that do not hold are recorded too,
 * but at most {@value #BAD_TOKENS} in ten seconds: nobody may fill the trail from outside; the next entry tells how many were left out.
 */
@Component
public class Refusals {

    static final int BAD_TOKENS = 20;

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Actor NOBODY = new Actor("anonymous", Actor.Kind.PERSON);

    // Looked up when first needed: the security chain is built before the transaction manager.
    private final ObjectProvider<JobTransactions> transactions;
    private final ObjectProvider<AuditLog> audit;
    private final Clock clock;
    private Instant windowStart = Instant.EPOCH;
    private int inWindow;
    private int leftOut;

    Refusals(ObjectProvider<JobTransactions> transactions, ObjectProvider<AuditLog> audit, Clock clock) {
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Records that {@code actor} was refused an operation, and why. Never throws: the refusal stands either way. */
    public void record(Actor actor, Audited operation, HttpServletRequest request, String reason) {
        Map<String, String> path = pathVariables(request);
        String id = operation.id().isEmpty() ? request.getRequestURI() : path.getOrDefault(operation.id(), request.getRequestURI());
        write(actor, id(path.get("tenant"), TenantId::of), new AuditEvent(
                operation.action(), operation.subject(), bounded(id), null, id(path.get("project"), ProjectId::of), bounded(reason), null, null));
    }

    /** Records a token that does not hold: expired, for somebody else, forged. A request without any token is not worth an entry. */
    public void recordBadToken(HttpServletRequest request, AuthenticationException failure) {
        if (request.getHeader("Authorization") == null) {
            return;
        }
        String more = admit();
        if (more == null) {
            return;
        }
        write(NOBODY, null, new AuditEvent(
                "access.authenticate", "operation", bounded(request.getMethod() + " " + request.getRequestURI()), null, null,
                bounded(failure.getMessage() + more), null, null));
    }

    /** @return null when the window is full, otherwise what to add about those left out before */
    private synchronized @Nullable String admit() {
        Instant now = clock.instant();
        if (now.isAfter(windowStart.plus(WINDOW))) {
            windowStart = now;
            inWindow = 0;
        }
        if (++inWindow > BAD_TOKENS) {
            leftOut++;
            return null;
        }
        String more = leftOut == 0 ? "" : " (and " + leftOut + " more before, not recorded one by one)";
        leftOut = 0;
        return more;
    }

    private void write(Actor actor, @Nullable TenantId tenant, AuditEvent event) {
        try {
            if (tenant == null) {
                transactions.getObject().acrossTenants(Job.WEB, actor, () -> append(event));
            } else {
                transactions.getObject().inTenant(Job.WEB, actor, tenant, () -> append(event));
            }
        } catch (RuntimeException e) {
            log.error("refused {} of {} to {}, and could not record it", event.action(), event.subjectId(), actor.name(), e);
        }
    }

    private Boolean append(AuditEvent event) {
        audit.getObject().appendRefusal(event);
        return true;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> pathVariables(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables == null ? Map.of() : (Map<String, String>) variables;
    }

    private static <T> @Nullable T id(@Nullable String text, Function<String, T> parse) {
        try {
            return text == null ? null : parse.apply(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String bounded(@Nullable String text) {
        String some = String.valueOf(text);
        return some.length() <= 500 ? some : some.substring(0, 500) + "…";
    }
}
