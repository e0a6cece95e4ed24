package dev.penstock.quota.ledger;

import java.util.regex.Pattern;

/** What is counted. Nothing is converted: postings add up to zero in each unit by itself. */
public record Unit(String code) {

    private static final Pattern CODES = Pattern.compile("[A-Z]{3}|input|cache-read|cache-write|output");

    public static final Unit INPUT = new Unit("input");
    public static final Unit CACHE_READ = new Unit("cache-read");
    public static final Unit CACHE_WRITE = new Unit("cache-write");
    public static final Unit OUTPUT = new Unit("output");

    public Unit {
        if (!CODES.matcher(code).matches()) {
            throw new IllegalArgumentException("not a unit: " + code);
        }
    }

    /** 10⁻¹² of a currency, by its ISO 4217 code. */
    public static Unit money(String currency) {
        return new Unit(currency);
    }
}
