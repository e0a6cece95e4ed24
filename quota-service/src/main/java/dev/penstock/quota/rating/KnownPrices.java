package dev.penstock.quota.rating;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Prices that were read from their books. A book that was made never changes and is never removed, so what was read once is right for good. */
@Component
public class KnownPrices {

    /** More than a book has skus, so that the ones in use are there; a few megabytes. */
    private static final int MOST_REMEMBERED = 20_000;

    private record Place(String sku, int version) {}

    private final PriceBooks books;
    private final Map<Place, TokenPrices> known = new ConcurrentHashMap<>();

    KnownPrices(PriceBooks books) {
        this.books = books;
    }

    /** From memory alone; empty: nobody has read them here, or not lately. */
    public Optional<TokenPrices> find(String sku, int version) {
        return version == 0 ? Optional.of(TokenPrices.FREE) : Optional.ofNullable(known.get(new Place(sku, version)));
    }

    /**
     * As they were when the attempt was admitted. What is not known is read, in the running transaction.
     *
     * @throws java.util.NoSuchElementException if the book is unknown; books are never removed
     */
    public TokenPrices get(String sku, int version) {
        return find(sku, version).orElseGet(() -> {
            TokenPrices read = books.tokens(sku, version);
            learn(sku, read);
            return read;
        });
    }

    /** Somebody has read them from their book. When there are too many, those of old books among them, all are forgotten: whoever needs one reads it again. */
    public void learn(String sku, TokenPrices prices) {
        if (known.size() >= MOST_REMEMBERED) {
            known.clear();
        }
        known.put(new Place(sku, prices.version()), prices);
    }
}
