package dev.penstock.quota.rating;

/** Prices as a program knows them that has just started. */
public final class TestPrices {

    private TestPrices() {}

    public static KnownPrices nothingKnown(PriceBooks books) {
        return new KnownPrices(books);
    }
}
