package dev.penstock.ui.base;

import java.util.Locale;

/**
 * Words that the rows of a list are found by; they stand in the address.
 *
 * @param words empty: every row is found
 */
public record Search(String words) {

    public static final String PARAMETER = "q";

    public static Search of(Address address) {
        return new Search(address.get(PARAMETER, ""));
    }

    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** Whether the words stand in one of these, however they are capitalised. */
    public boolean finds(String... texts) {
        return String.join(" ", texts).toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }
}
