package dev.penstock.ui.base;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * By which column the rows of a table stand. A title pressed once sorts: words from A, numbers from the largest; pressed again the other
 * way round; then the rows stand as they came. The address keeps it.
 */
final class Sorting<T> {

    private static final String PARAMETER = "sort";
    private static final String DESCENDING = "-";

    private final Address address;
    private final Consumer<Address> remember;
    private final Runnable redraw;
    private final Map<String, Column<T>> columns = new LinkedHashMap<>();
    private String by;

    private record Column<T>(Comparator<T> order, Markup head) {}

    /** @param remember told the address once another column is chosen */
    Sorting(Address address, Consumer<Address> remember, Runnable redraw) {
        this.address = address;
        this.remember = remember;
        this.redraw = redraw;
        this.by = address.get(PARAMETER, "");
    }

    /** Makes a title one that sorts. */
    void add(String title, Markup head, boolean largestFirst, Comparator<T> order) {
        String word = title.toLowerCase(Locale.ROOT);
        columns.put(word, new Column<>(order, head));
        Markup button = Markup.text("button", "sort", title).attribute("type", "button");
        button.getElement().addEventListener("click", click -> pressed(largestFirst ? DESCENDING + word : word, largestFirst ? word : DESCENDING + word));
        head.removeAll();
        head.add(button);
        mark();
    }

    /** @param movable rows that are not stay where they are, and no row passes them */
    List<T> sorted(List<T> rows, Predicate<T> movable) {
        Comparator<T> order = order();
        if (order == null) {
            return rows;
        }
        var sorted = new ArrayList<T>(rows);
        int from = 0;
        for (int i = 0; i <= rows.size(); i++) {
            if (i == rows.size() || !movable.test(rows.get(i))) {
                sorted.subList(from, i).sort(order);
                from = i + 1;
            }
        }
        return sorted;
    }

    private @Nullable Comparator<T> order() {
        Column<T> column = columns.get(word());
        return column == null ? null : isDescending() ? column.order().reversed() : column.order();
    }

    private void pressed(String first, String second) {
        by = by.equals(first) ? second : by.equals(second) ? "" : first;
        remember.accept(address.with(PARAMETER, by));
        mark();
        redraw.run();
    }

    private void mark() {
        columns.forEach((word, column) -> {
            if (word.equals(word())) {
                column.head().attribute("aria-sort", isDescending() ? "descending" : "ascending");
            } else {
                column.head().getElement().removeAttribute("aria-sort");
            }
        });
    }

    private boolean isDescending() {
        return by.startsWith(DESCENDING);
    }

    private String word() {
        return isDescending() ? by.substring(DESCENDING.length()) : by;
    }
}
