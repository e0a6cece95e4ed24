package dev.penstock.quota.audit;

import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.AuditApi;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** The bundle goes out as it is read; nothing of it is held. An interrupted one has no table of contents, so that no program takes it for whole. */
@RestController
class BundleController {

    /** Exports at once on one replica: each holds a database connection for as long as its reader takes. */
    static final int MOST_AT_ONCE = 2;

    private static final Logger log = LoggerFactory.getLogger(BundleController.class);

    private final Access access;
    private final Readings readings;
    private final Bundles bundles;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    BundleController(Access access, Readings readings, Bundles bundles) {
        this.access = access;
        this.readings = readings;
        this.bundles = bundles;
    }

    @GetMapping(AuditApi.BUNDLE)
    @Audited(action = "audit.export", subject = "audit-trail")
    void bundle(HttpServletResponse response) throws AsyncRequestNotUsableException {
        access.requireReviewer();
        Actor reader = access.actor();
        if (!free.tryAcquire()) {
            throw new ProblemException(Problem.TOO_MANY_REQUESTS, MOST_AT_ONCE + " exports are running; wait until one ends.");
        }
        try {
            long size = bundles.size(reader);
            readings.record(reader, new AuditEvent("audit.export", "audit-trail", "bundle", null, null, null, null, Map.of("entries", size)));
            response.setContentType("application/zip");
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment().filename("audit-" + size + ".zip").build().toString());
            bundles.write(reader, size, response.getOutputStream());
        } catch (IOException e) {
            log.info("an export ended early: {}", e.getMessage());
            throw new AsyncRequestNotUsableException("the reader went away", e);
        } finally {
            free.release();
        }
    }
}
