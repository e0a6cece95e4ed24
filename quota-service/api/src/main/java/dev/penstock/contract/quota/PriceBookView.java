package dev.penstock.contract.quota;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param effectiveTo when the next one begins; null: it is the last one */
public record PriceBookView(
        int version, String currency, Instant effectiveFrom, @Nullable Instant effectiveTo, String madeBy, Instant madeAt, List<PriceSpec> prices) {}
