package dev.penstock.quota.price;

import dev.penstock.contract.quota.PriceBookView;
import dev.penstock.contract.quota.PriceSpec;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All prices from a moment on, until the next book begins.
 *
 * @param version from 1, without gaps
 * @param prices in the order of sku and meter, so that equal books are equal
 */
record PriceBook(int version, String currency, Instant effectiveFrom, String madeBy, Instant madeAt, List<PriceSpec> prices) {

    private static final Comparator<PriceSpec> IN_ORDER = Comparator.comparing(PriceSpec::sku).thenComparing(PriceSpec::meter);

    PriceBook {
        prices = prices.stream().sorted(IN_ORDER).toList();
    }

    PriceBook with(List<PriceSpec> itsPrices) {
        return new PriceBook(version, currency, effectiveFrom, madeBy, madeAt, itsPrices);
    }

    /** @param next the one after it; null: it is the last */
    PriceBookView view(@Nullable PriceBook next) {
        return new PriceBookView(version, currency, effectiveFrom, next == null ? null : next.effectiveFrom(), madeBy, madeAt, prices);
    }
}
