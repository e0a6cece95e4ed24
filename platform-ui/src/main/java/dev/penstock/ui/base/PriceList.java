package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.PriceBookView;
import dev.penstock.contract.quota.PriceSpec;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What things cost at a moment.
 *
 * @param book the one that holds; null while there is none
 */
public record PriceList(@Nullable PriceBookView book) {

    public static PriceList at(Instant moment, List<PriceBookView> books) {
        return new PriceList(books.stream().filter(book -> holds(book, moment)).findFirst().orElse(null));
    }

    private static boolean holds(PriceBookView book, Instant moment) {
        Instant end = book.effectiveTo();
        return !book.effectiveFrom().isAfter(moment) && (end == null || end.isAfter(moment));
    }

    /** Null where nothing is stated. */
    public @Nullable BigInteger price(String sku, BilledMeter meter) {
        PriceBookView present = book;
        return present == null
                ? null
                : present.prices().stream()
                        .filter(price -> price.sku().equals(sku) && price.meter() == meter)
                        .map(PriceSpec::price)
                        .findFirst()
                        .orElse(null);
    }

    /** An hour of a slice, in 10⁻¹² of the currency; null where no price is stated. */
    public @Nullable BigInteger sliceHour(String profile) {
        BigInteger second = price(profile, BilledMeter.SLICE_SECOND);
        return second == null ? null : Amounts.perHour(second);
    }

    /** In a cell: an hour of a slice. */
    public Component hourOf(String profile) {
        BigInteger hour = sliceHour(profile);
        PriceBookView present = book;
        return hour == null || present == null ? Cells.quiet("no price") : Amounts.component(hour, present.currency());
    }
}
