package dev.penstock.quota.billing;

import dev.penstock.quota.rating.PriceBooks;
import dev.penstock.quota.rating.TokenPrices;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The price of each line, looked up once. For one reading, in its transaction. */
final class UnitPrices implements Function<LineKey, BigInteger> {

    private record Priced(String sku, int version) {}

    private final PriceBooks books;
    private final Map<Priced, TokenPrices> tokens = new HashMap<>();
    private final Map<Priced, BigInteger> slices = new HashMap<>();

    UnitPrices(PriceBooks books) {
        this.books = books;
    }

    @Override
    public BigInteger apply(LineKey line) {
        Priced priced = new Priced(line.sku(), line.priceVersion());
        return switch (line.meter()) {
            case INPUT -> tokens(priced).input();
            case CACHE_READ -> tokens(priced).cacheRead();
            case CACHE_WRITE -> tokens(priced).cacheWrite();
            case OUTPUT -> tokens(priced).output();
            case SLICE_SECOND -> slices.computeIfAbsent(priced, unknown -> books.slice(unknown.sku(), unknown.version()).perSecond());
        };
    }

    private TokenPrices tokens(Priced priced) {
        return tokens.computeIfAbsent(priced, unknown -> books.tokens(unknown.sku(), unknown.version()));
    }
}
