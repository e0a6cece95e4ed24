package dev.penstock.quota.archive;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigInteger;
import java.util.UUID;

/**
 * What a tenant's rows of a day add up to.
 *
 * @param cost in 10⁻¹² of the currency
 */
@JsonPropertyOrder({"tenant", "rows", "input", "cacheRead", "cacheWrite", "output", "cost"})
record TenantSum(UUID tenant, long rows, BigInteger input, BigInteger cacheRead, BigInteger cacheWrite, BigInteger output, BigInteger cost) {

    static TenantSum of(ArchiveLine line) {
        return new TenantSum(
                line.tenant(), 1, BigInteger.valueOf(line.input()), BigInteger.valueOf(line.cacheRead()), BigInteger.valueOf(line.cacheWrite()),
                BigInteger.valueOf(line.output()), line.exactCost());
    }

    TenantSum plus(TenantSum other) {
        return new TenantSum(
                tenant, rows + other.rows, input.add(other.input), cacheRead.add(other.cacheRead), cacheWrite.add(other.cacheWrite), output.add(other.output),
                cost.add(other.cost));
    }
}
