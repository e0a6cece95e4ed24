package dev.penstock.contract.quota;

import dev.penstock.contract.Money;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/**
 * What a tenant owes for a month of its own calendar. Exact amounts are in 10⁻¹² of the currency; each line is rounded once, half-even, to the
 * currency's smallest unit, and what rounding took or added is stated, so that {@code exact = billed + rounding}.
 *
 * @param lines by project, kind, sku, meter and price
 * @param exact the sum of the rows
 * @param billed the sum of the lines as rounded
 * @param rounding exact less billed
 * @param balanced whether the ledger's account says the same as the rows, to the last unit
 * @param estimatedCalls calls in it whose tokens were set at their bound
 */
public record StatementView(
        TenantId tenant,
        String tenantName,
        YearMonth month,
        State state,
        String timeZone,
        Instant from,
        Instant to,
        Instant asOf,
        String currency,
        List<Line> lines,
        Money exact,
        Money billed,
        Money rounding,
        boolean balanced,
        long estimatedCalls) {

    public enum State {
        /** Still moving. */
        DRAFT
    }

    public enum Kind {
        SLICES,
        TOKENS
    }

    /**
     * @param id within the statement; names the same line whenever it is asked for
     * @param quantity tokens, or seconds
     * @param unitPrice in 10⁻¹² of the currency
     */
    public record Line(
            String id,
            ProjectId project,
            String projectName,
            Kind kind,
            String sku,
            BilledMeter meter,
            int priceVersion,
            BigInteger quantity,
            BigInteger unitPrice,
            Money exact,
            Money billed,
            long rows) {}

    /** One of the months there is something about. */
    public record Summary(TenantId tenant, String tenantName, YearMonth month, State state, Money exact, Money billed) {}
}
