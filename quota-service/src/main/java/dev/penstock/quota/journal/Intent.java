package dev.penstock.quota.journal;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.allotment.Share;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is promised to an attempt, and what it took of which limit. On disk before anything of the attempt is forwarded, so that whoever reads the
 * journal can settle it without asking anybody.
 *
 * @param ts the time inside the call's id
 * @param key what the caller called with; null for a person's own sign-in
 * @param person number of the person's word; null for a key
 * @param upstream number of the upstream among the endpoint's
 * @param model number of the model's word
 * @param sku under which its tokens are priced
 * @param path code of the operation
 * @param priceVersion of the price book; 0: its tokens cost nothing
 * @param context what the model can hold at most
 * @param input bound of all that goes in
 * @param output bound of what comes out
 * @param cost bound
 * @param answers asked for one prompt
 * @param parts what it took; none where no limit counts it
 */
public record Intent(
        Attempt attempt, Instant ts, ProjectId project, @Nullable KeyId key, @Nullable Integer person, EndpointId endpoint, int upstream, int model,
        String sku, int path, int priceVersion, long context, long input, long output, BigInteger cost, int answers, List<Part> parts) {

    /** A share with what its limit counts. */
    public record Part(Meter meter, Share share) {}

    /** Limits that may count one attempt. */
    public static final int MOST_PARTS = 100;

    /** In UTF-8: three for each of the 200 characters that a route's may have. */
    static final int MOST_SKU_BYTES = 600;

    /** @throws IllegalArgumentException if it cannot be written, or no database would take it */
    public Intent {
        parts = List.copyOf(parts);
        if ((key == null) == (person == null)) {
            throw new IllegalArgumentException("an intent is a key's or a person's");
        }
        if (parts.size() > MOST_PARTS) {
            throw new IllegalArgumentException("an intent of " + parts.size() + " parts; " + MOST_PARTS + " can be written");
        }
        if (sku.getBytes(StandardCharsets.UTF_8).length > MOST_SKU_BYTES) {
            throw new IllegalArgumentException("a product's name of more than " + MOST_SKU_BYTES + " bytes");
        }
        if (!Fields.isAmount(cost) || parts.stream().anyMatch(part -> !Fields.isAmount(part.share().taken()))) {
            throw new IllegalArgumentException("an amount that is negative, or of more than " + Fields.MOST_DIGITS + " digits");
        }
    }
}
