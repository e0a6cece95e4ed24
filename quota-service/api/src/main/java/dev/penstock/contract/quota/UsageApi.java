package dev.penstock.contract.quota;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What was used. Members see their projects; administrators, auditors and finance see all. */
@HttpExchange("/api/usage")
public interface UsageApi {

    /**
     * All the rows that {@link #calls} pages through, as RFC 4180 text in UTF-8 with a line of names; takes the same parameters but the cursor. Not
     * a method: it is streamed.
     */
    String CALLS_CSV = "/api/usage/calls.csv";

    /** A header of the CSV: rows before this moment, which were asked for too, are archived and not in it. Absent: all that were asked for are. */
    String ARCHIVED_BEFORE = "x-penstock-archived-before";

    /**
     * Sums by bucket and group, from 15-minute roll-ups: {@code from} and {@code to} are widened to whole buckets. At most 400 days.
     */
    @GetExchange("/series")
    UsageSeries series(
            @RequestParam(required = false) @Nullable TenantId tenant,
            @RequestParam(required = false) @Nullable ProjectId project,
            @RequestParam(required = false) @Nullable KeyId key,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam UsageSeries.Bucket bucket,
            @RequestParam UsageSeries.By by);

    /**
     * The rows themselves, newest first, 50 a page. The same as CSV, all of them: {@link #CALLS_CSV}.
     *
     * @param egress true: only what left the house
     */
    @GetExchange("/calls")
    CallPage calls(
            @RequestParam(required = false) @Nullable TenantId tenant,
            @RequestParam(required = false) @Nullable ProjectId project,
            @RequestParam(required = false) @Nullable KeyId key,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(defaultValue = "false") boolean egress,
            @RequestParam(required = false) @Nullable String cursor);
}
