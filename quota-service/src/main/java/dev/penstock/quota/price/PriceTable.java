package dev.penstock.quota.price;

import static dev.penstock.frame.jobs.Required.text;

import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.PriceSpec;
import dev.penstock.frame.jobs.Timestamps;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements on price books and prices. Rows are added, and nothing else ever happens to them. */
@Component
class PriceTable {

    /** Books in one list; whoever changes prices every week sees two years. */
    static final int LISTED = 100;

    private static final String BOOKS = "select version, currency, effective_from, made_by, made_at from quota.price_book";

    private final JdbcClient jdbc;

    PriceTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One maker at a time, until the running transaction ends. */
    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('quota.price_book', 0))::text").query((row, number) -> Boolean.TRUE).list();
    }

    /** The last ones, newest first. */
    List<PriceBook> newest() {
        return withPrices(jdbc.sql(BOOKS + " order by version desc limit :listed").param("listed", LISTED).query(PriceTable::book).list());
    }

    Optional<PriceBook> last() {
        return withPrices(jdbc.sql(BOOKS + " order by version desc limit 1").query(PriceTable::book).list()).stream().findFirst();
    }

    Optional<PriceBook> find(int version) {
        return withPrices(jdbc.sql(BOOKS + " where version = :version").param("version", version).query(PriceTable::book).list()).stream().findFirst();
    }

    void insert(PriceBook book, String reason) {
        jdbc.sql("""
                        insert into quota.price_book (version, currency, effective_from, made_by, made_at, reason)
                        values (:version, :currency, :from, :by, :at, nullif(:reason, ''))""")
                .param("version", book.version())
                .param("currency", book.currency())
                .param("from", book.effectiveFrom().atOffset(ZoneOffset.UTC))
                .param("by", book.madeBy())
                .param("at", book.madeAt().atOffset(ZoneOffset.UTC))
                .param("reason", reason)
                .update();
        jdbc.sql("""
                        insert into quota.price (version, sku, meter, price)
                        select :version, listed.* from unnest(:skus, :meters, :prices::text[]::numeric[]) as listed""")
                .param("version", book.version())
                .param("skus", book.prices().stream().map(PriceSpec::sku).toArray(String[]::new))
                .param("meters", book.prices().stream().map(price -> price.meter().name()).toArray(String[]::new))
                .param("prices", book.prices().stream().map(price -> price.price().toString()).toArray(String[]::new))
                .update();
    }

    private List<PriceBook> withPrices(List<PriceBook> books) {
        Map<Integer, List<PriceSpec>> prices = new HashMap<>();
        jdbc.sql("select version, sku, meter, price from quota.price where version = any(:versions)")
                .param("versions", books.stream().map(PriceBook::version).toArray(Integer[]::new))
                .query(row -> {
                    prices.computeIfAbsent(row.getInt("version"), version -> new ArrayList<>()).add(price(row));
                });
        return books.stream().map(book -> book.with(prices.getOrDefault(book.version(), List.of()))).toList();
    }

    private static PriceBook book(ResultSet row, int number) throws SQLException {
        return new PriceBook(
                row.getInt("version"),
                text(row, "currency"),
                Timestamps.read(row, "effective_from"),
                text(row, "made_by"),
                Timestamps.read(row, "made_at"),
                List.of());
    }

    private static PriceSpec price(ResultSet row) throws SQLException {
        BigInteger price = row.getBigDecimal("price").toBigIntegerExact();
        return new PriceSpec(text(row, "sku"), BilledMeter.valueOf(text(row, "meter")), price);
    }
}
