package dev.penstock.quota.price;

import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.PriceSpec;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the trail keeps a price book: what it changes. The whole of it stays in its table, where nothing is ever altered.
 *
 * @param prices how many there are
 * @param changed how many differ from the book before, added and dropped ones included
 * @param told the first of these; an entry of the trail has a bound
 */
record PriceChanges(int version, String currency, Instant effectiveFrom, int prices, int changed, List<Difference> told) {

    static final int MOST_TOLD = 200;

    /** In 10⁻¹² of the currency; null: it has no price. */
    record Difference(String sku, BilledMeter meter, @Nullable BigInteger before, @Nullable BigInteger after) {}

    private record Priced(String sku, BilledMeter meter) {

        static final Comparator<Priced> IN_ORDER = Comparator.comparing(Priced::sku).thenComparing(Priced::meter);
    }

    static PriceChanges between(@Nullable PriceBook before, PriceBook after) {
        Map<Priced, BigInteger> was = before == null ? Map.of() : byThing(before);
        Map<Priced, BigInteger> is = byThing(after);
        Map<Priced, BigInteger> all = new TreeMap<>(Priced.IN_ORDER);
        all.putAll(was);
        all.putAll(is);
        List<Difference> differences = all.keySet().stream()
                .filter(thing -> !Objects.equals(was.get(thing), is.get(thing)))
                .map(thing -> new Difference(thing.sku(), thing.meter(), was.get(thing), is.get(thing)))
                .toList();
        return new PriceChanges(after.version(), after.currency(), after.effectiveFrom(), after.prices().size(), differences.size(),
                List.copyOf(differences.subList(0, Math.min(MOST_TOLD, differences.size()))));
    }

    private static Map<Priced, BigInteger> byThing(PriceBook book) {
        Map<Priced, BigInteger> prices = new TreeMap<>(Priced.IN_ORDER);
        for (PriceSpec price : book.prices()) {
            prices.put(new Priced(price.sku(), price.meter()), price.price());
        }
        return prices;
    }
}
