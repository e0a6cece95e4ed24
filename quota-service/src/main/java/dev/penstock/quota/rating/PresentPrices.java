package dev.penstock.quota.rating;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * What tokens cost, from memory: which book holds from when, and of each book what was asked for. A book never changes, so of the list only its
 * end can be missing: a book that begins before the list is read again is known that much late, and what was admitted until then has the price of
 * the book before, by number, in its intent and in its row.
 */
@Component
public class PresentPrices {

    /** More than a book has skus; a few megabytes. */
    private static final int MOST_REMEMBERED = 20_000;

    private record Asked(String sku, int version, boolean produces) {}

    private final PriceBooks books;
    private final KnownPrices known;
    private final Map<Asked, TokenPrices> prices = new ConcurrentHashMap<>();
    private volatile NavigableMap<Instant, Integer> versions = new TreeMap<>();

    PresentPrices(PriceBooks books, KnownPrices known) {
        this.books = books;
        this.known = known;
    }

    /**
     * From memory alone.
     *
     * @param produces whether there can be output, which then needs a price
     * @return empty: it has to be {@linkplain #read read}
     */
    public Optional<TokenPrices> find(String sku, Instant at, boolean produces) {
        Map.Entry<Instant, Integer> book = versions.floorEntry(at);
        return book == null ? Optional.empty() : Optional.ofNullable(prices.get(new Asked(sku, book.getValue(), produces)));
    }

    /** In the running transaction, and remembered; empty when a price is missing. */
    public Optional<TokenPrices> read(String sku, Instant at, boolean produces) {
        Optional<TokenPrices> read = books.tokens(sku, at, produces);
        read.ifPresent(price -> {
            if (prices.size() >= MOST_REMEMBERED) {
                prices.clear();
            }
            prices.put(new Asked(sku, price.version(), produces), price);
            known.learn(sku, price);
        });
        return read;
    }

    /** Reads in the running transaction which book holds from when. */
    public void refresh() {
        versions = books.beginnings();
    }
}
