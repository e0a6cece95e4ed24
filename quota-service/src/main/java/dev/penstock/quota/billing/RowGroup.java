package dev.penstock.quota.billing;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.StatementView.Kind;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Rows of one project that were priced alike, added up.
 *
 * @param priceVersion 0: nothing was to pay
 * @param counts by meter; meters without use are left out
 * @param cost what the rows themselves say they cost, in 10⁻¹² of the currency
 * @param estimated rows whose tokens were set at their bound
 */
record RowGroup(ProjectId project, Kind kind, String sku, int priceVersion, Map<BilledMeter, Count> counts, BigInteger cost, long estimated) {

    /**
     * @param quantity tokens, or seconds
     * @param rows that have any
     */
    record Count(BigInteger quantity, long rows) {}

    RowGroup {
        counts = Map.copyOf(counts);
    }

    /** A line for each meter. */
    List<LineSum> lines(Function<LineKey, BigInteger> unitPrice) {
        return counts.entrySet().stream()
                .map(count -> {
                    LineKey key = new LineKey(project, kind, sku, count.getKey(), priceVersion);
                    return new LineSum(key, count.getValue().quantity(), unitPrice.apply(key), count.getValue().rows());
                })
                .toList();
    }
}
