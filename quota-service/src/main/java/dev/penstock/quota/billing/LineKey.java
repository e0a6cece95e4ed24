package dev.penstock.quota.billing;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.StatementView.Kind;
import dev.penstock.frame.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What makes rows one line of a statement: the same thing used by the same project at the same price.
 *
 * @param sku a model's or a slice profile's
 * @param priceVersion 0: it cost nothing, since its tokens were used at a dedicated endpoint or there was no price
 */
record LineKey(ProjectId project, Kind kind, String sku, BilledMeter meter, int priceVersion) {

    LineKey {
        if (priceVersion < 0 || (kind == Kind.SLICES) != (meter == BilledMeter.SLICE_SECOND)) {
            throw new IllegalArgumentException(kind + " by " + meter + " at price version " + priceVersion);
        }
    }

    /** Names the line in an address. */
    String id() {
        return String.join(".", project.toString(), meter.name(), Integer.toString(priceVersion),
                Base64.getUrlEncoder().withoutPadding().encodeToString(sku.getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws ProblemException {@code not_found} for what is no line's id */
    static LineKey of(String id) {
        String[] parts = id.split("\\.", -1);
        try {
            if (parts.length == 4) {
                BilledMeter meter = BilledMeter.valueOf(parts[1]);
                LineKey key = new LineKey(
                        ProjectId.of(parts[0]),
                        meter == BilledMeter.SLICE_SECOND ? Kind.SLICES : Kind.TOKENS,
                        new String(Base64.getUrlDecoder().decode(parts[3]), StandardCharsets.UTF_8),
                        meter,
                        Integer.parseInt(parts[2]));
                // One line has one name: what decodes to the same line in another spelling is no line's.
                if (key.id().equals(id) && key.sku().indexOf('\0') < 0) {
                    return key;
                }
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.NOT_FOUND, Problem.NOT_FOUND.sentence(), e);
        }
        throw new ProblemException(Problem.NOT_FOUND, Problem.NOT_FOUND.sentence());
    }
}
