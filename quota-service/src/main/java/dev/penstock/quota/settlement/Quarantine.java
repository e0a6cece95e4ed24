package dev.penstock.quota.settlement;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Intent;
import java.math.BigDecimal;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts that cannot be, kept for whoever looks at the upstream that told them. */
@Component
class Quarantine {

    private final JdbcClient jdbc;
    private final Clock clock;

    Quarantine(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void put(TenantId tenant, Intent intent, String reason, Counts.Read told) {
        jdbc.sql("""
                        insert into quota.quarantine (tenant_id, call_id, attempt, at, endpoint_id, reason, input, cache_read, cache_write, output)
                        values (:tenant, :call, :attempt, :at, :endpoint, :reason, :input, :cacheRead, :cacheWrite, :output)
                        on conflict do nothing""")
                .param("tenant", tenant.value())
                .param("call", intent.attempt().call().value())
                .param("attempt", intent.attempt().number())
                .param("at", Timestamps.column(clock.instant()))
                .param("endpoint", intent.endpoint().value())
                .param("reason", reason)
                .param("input", BigDecimal.valueOf(told.input()))
                .param("cacheRead", BigDecimal.valueOf(told.cacheRead()))
                .param("cacheWrite", BigDecimal.valueOf(told.cacheWrite()))
                .param("output", BigDecimal.valueOf(told.output()))
                .update();
    }
}
