package dev.penstock.quota.archive;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.penstock.contract.quota.Egress;
import dev.penstock.contract.quota.Steered;
import java.math.BigInteger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A usage row as an archive holds it, with its words spelt out. The order of its fields is part of the format.
 *
 * @param person the subject of a sign-in; null: called with a key
 * @param cost in 10⁻¹² of the currency, as text, since readers of JSON round large numbers
 * @param reasoning of the output; null: the archive is from before it was told, as for what follows
 * @param egress what left the house, and why it might; null: nothing did
 * @param steered for what it stood in; null: it was answered as it asked
 */
@JsonPropertyOrder({
    "time", "call", "attempt", "tenant", "project", "key", "person", "endpoint", "upstream", "model", "sku", "path", "priceVersion", "status", "estimated",
    "input", "cacheRead", "cacheWrite", "output", "cost", "durationMs", "firstTokenMs",
    "reasoning", "egress", "steered"
})
record ArchiveLine(
        String time, UUID call, int attempt, UUID tenant, UUID project, @Nullable UUID key, @Nullable String person, @Nullable UUID endpoint, int upstream,
        String model, String sku, @Nullable Integer path, int priceVersion, int status, boolean estimated, long input, long cacheRead, long cacheWrite,
        long output, String cost, int durationMs, @Nullable Integer firstTokenMs, @Nullable Long reasoning, @Nullable Egress egress,
        @Nullable Steered steered) {

    BigInteger exactCost() {
        return new BigInteger(cost);
    }
}
