package dev.penstock.contract.quota;

import dev.penstock.contract.TenantId;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** Statements. Owners of the tenant see theirs; finance, auditors and administrators see all. */
@HttpExchange("/api")
public interface StatementsApi {

    /** Months there is something about, newest first, then by tenant. */
    @GetExchange("/statements")
    List<StatementView.Summary> list(@RequestParam(required = false) @Nullable TenantId tenant);

    /** Of a month without use: a statement without lines. */
    @GetExchange("/tenants/{tenant}/statements/{month}")
    StatementView get(@PathVariable TenantId tenant, @PathVariable YearMonth month);

    /** What a line is made of, oldest first, 50 a page. */
    @GetExchange("/tenants/{tenant}/statements/{month}/lines/{line}")
    StatementRows rows(
            @PathVariable TenantId tenant, @PathVariable YearMonth month, @PathVariable String line, @RequestParam(required = false) @Nullable String cursor);
}
