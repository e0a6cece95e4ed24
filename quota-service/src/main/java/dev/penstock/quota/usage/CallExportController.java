package dev.penstock.quota.usage;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.problem.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** All rows, as they are read; nothing of them is held. Within a tenant newest first; of several tenants one after the other. */
@RestController
class CallExportController {

    /** Exports at once on one replica: each holds a database connection for as long as its reader takes. */
    static final int MOST_AT_ONCE = 2;

    private static final Logger log = LoggerFactory.getLogger(CallExportController.class);

    private final UsageSight sight;
    private final CallTable calls;
    private final Retention retention;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    CallExportController(UsageSight sight, CallTable calls, Retention retention) {
        this.sight = sight;
        this.calls = calls;
        this.retention = retention;
    }

    @GetMapping(UsageApi.CALLS_CSV)
    @Audited(action = "usage.export", subject = "usage")
    void export(
            @RequestParam(required = false) @Nullable TenantId tenant,
            @RequestParam(required = false) @Nullable ProjectId project,
            @RequestParam(required = false) @Nullable KeyId key,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(defaultValue = "false") boolean egress,
            HttpServletResponse response)
            throws AsyncRequestNotUsableException {
        UsageQuestion question = new UsageQuestion(tenant, project, key, model, new UsageRange(from, to), egress);
        List<UsageSight.Part> parts = sight.parts(tenant, project);
        if (!free.tryAcquire()) {
            throw new ProblemException(Problem.TOO_MANY_REQUESTS, MOST_AT_ONCE + " exports are running; wait until one ends.");
        }
        try {
            response.setContentType("text/csv;charset=UTF-8");
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename("calls.csv").build().toString());
            Instant archivedBefore = retention.archivedBefore(sight, parts, from);
            if (archivedBefore != null) {
                response.setHeader(UsageApi.ARCHIVED_BEFORE, archivedBefore.toString());
            }
            Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
            out.write(CallCsv.HEADER);
            for (UsageSight.Part part : parts) {
                sight.read(part, seen -> write(question.in(seen), out));
            }
            out.flush();
        } catch (UncheckedIOException e) {
            throw gone(new IOException(e));
        } catch (IOException e) {
            throw gone(e);
        } finally {
            free.release();
        }
    }

    private boolean write(CallFilter filter, Writer out) {
        try (Stream<CallRow> rows = calls.all(filter)) {
            for (Iterator<CallRow> row = rows.iterator(); row.hasNext(); ) {
                out.write(CallCsv.line(row.next()));
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AsyncRequestNotUsableException gone(IOException e) {
        log.info("an export ended early: {}", e.getMessage());
        return new AsyncRequestNotUsableException("the reader went away", e);
    }
}
