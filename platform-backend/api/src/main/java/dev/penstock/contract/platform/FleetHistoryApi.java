package dev.penstock.contract.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** The GPU nodes as they were, for organisation roles. */
@HttpExchange("/api/fleet/history")
public interface FleetHistoryApi {

    /** The fleet as it was at a time. {@code invalid_input} for a time to come. */
    @GetExchange
    FleetPast at(@RequestParam Instant at);

    /**
     * What changed, the latest first; at most 500. {@code invalid_input} for a span that ends before it begins or is longer than 400 days.
     *
     * @param until not included
     * @param node only of this one; null: of all
     */
    @GetExchange("/changes")
    FleetChanges changes(@RequestParam Instant from, @RequestParam Instant until, @RequestParam(required = false) @Nullable String node);
}
