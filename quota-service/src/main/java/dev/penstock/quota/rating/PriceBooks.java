package dev.penstock.quota.rating;

import dev.penstock.contract.quota.BilledMeter;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Prices as they are in the books. Reads, in the running transaction. */
@Component
public class PriceBooks {

    private record Book(int version, String currency, Map<BilledMeter, BigInteger> prices) {

        boolean isWhole(boolean produces) {
            return prices.containsKey(BilledMeter.INPUT) && (!produces || prices.containsKey(BilledMeter.OUTPUT));
        }

        BigInteger price(BilledMeter meter, BigInteger otherwise) {
            return prices.getOrDefault(meter, otherwise);
        }
    }

    private final JdbcClient jdbc;

    PriceBooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a model's tokens cost at a moment. What a cache has to do with costs what other input does, unless the book says otherwise.
     *
     * @param produces whether there can be output, which then needs a price
     * @return empty when a price is missing
     */
    public Optional<TokenPrices> tokens(String sku, Instant at, boolean produces) {
        return inEffect(sku, at).filter(book -> book.isWhole(produces)).map(PriceBooks::tokens);
    }

    /** The same by a book of a version; empty also where there is no such book. */
    public Optional<TokenPrices> find(String sku, int version, boolean produces) {
        return version == 0 ? Optional.empty() : book(sku, "version = :version", version, null).filter(book -> book.isWhole(produces)).map(PriceBooks::tokens);
    }

    /**
     * As they were when the attempt was admitted.
     *
     * @throws java.util.NoSuchElementException if the book is unknown; books are never removed
     */
    public TokenPrices tokens(String sku, int version) {
        return version == 0 ? TokenPrices.FREE : tokens(book(sku, "version = :version", version, null).orElseThrow());
    }

    /** What a slice of the profile costs at a moment. */
    public SlicePrice slice(String profile, Instant at) {
        return inEffect(profile, at)
                .map(PriceBooks::slice)
                .orElse(SlicePrice.FREE);
    }

    /**
     * As it was when the time was booked.
     *
     * @throws java.util.NoSuchElementException if the book is unknown; books are never removed
     */
    public SlicePrice slice(String profile, int version) {
        return version == 0 ? SlicePrice.FREE : slice(book(profile, "version = :version", version, null).orElseThrow());
    }

    /** When books begin after {@code from} and before {@code to}, in order. */
    public List<Instant> changes(Instant from, Instant to) {
        return jdbc.sql("select distinct effective_from from quota.price_book where effective_from > :from and effective_from < :to order by 1")
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .query((row, number) -> Objects.requireNonNull(row.getObject(1, OffsetDateTime.class)).toInstant())
                .list();
    }

    /** The version of the book that holds from each moment at which one begins. */
    NavigableMap<Instant, Integer> beginnings() {
        NavigableMap<Instant, Integer> versions = new TreeMap<>();
        jdbc.sql("select effective_from, max(version) as version from quota.price_book group by effective_from")
                .query(row -> {
                    versions.put(Objects.requireNonNull(row.getObject("effective_from", OffsetDateTime.class)).toInstant(), row.getInt("version"));
                });
        return versions;
    }

    private Optional<Book> inEffect(String sku, Instant at) {
        return book(sku, "effective_from <= :at", 0, at);
    }

    private Optional<Book> book(String sku, String which, int version, @Nullable Instant at) {
        Map<BilledMeter, BigInteger> prices = new EnumMap<>(BilledMeter.class);
        List<Book> rows = jdbc.sql("""
                        select b.version, b.currency, p.meter, p.price
                          from (select version, currency from quota.price_book where %s order by effective_from desc, version desc limit 1) b
                          left join quota.price p on p.version = b.version and p.sku = :sku""".formatted(which))
                .param("sku", sku)
                .param("version", version)
                .param("at", at == null ? null : at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> {
                    String meter = row.getString("meter");
                    if (meter != null) {
                        prices.put(BilledMeter.valueOf(meter), row.getBigDecimal("price").toBigIntegerExact());
                    }
                    return new Book(row.getInt("version"), Objects.requireNonNull(row.getString("currency")), prices);
                })
                .list();
        return rows.stream().findFirst();
    }

    private static SlicePrice slice(Book book) {
        return new SlicePrice(book.version(), book.currency(), book.price(BilledMeter.SLICE_SECOND, BigInteger.ZERO));
    }

    private static TokenPrices tokens(Book book) {
        BigInteger input = book.price(BilledMeter.INPUT, BigInteger.ZERO);
        return new TokenPrices(
                book.version(), book.currency(), input, book.price(BilledMeter.CACHE_READ, input), book.price(BilledMeter.CACHE_WRITE, input),
                book.price(BilledMeter.OUTPUT, BigInteger.ZERO));
    }
}
