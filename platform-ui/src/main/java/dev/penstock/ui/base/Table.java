package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A table of at most a few hundred rows, as plain HTML: read well by screen readers, copied well by people. Rows are links where there is
 * more behind them.
 */
public final class Table<T> extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final transient List<Column<T>> columns = new ArrayList<>();
    private final Markup head = Markup.of("tr", "");
    private final Markup body = Markup.of("tbody", "");
    private transient List<T> rows = List.of();
    private transient @Nullable Sorting<T> sorting;
    private transient Predicate<T> movable = row -> true;
    private transient Predicate<T> chosen = row -> false;
    private transient Function<T, String> rowClass = row -> "";
    private final transient Map<T, Markup> kept = new HashMap<>();
    private boolean keepsRows;

    private record Column<T>(String title, String css, Function<T, Component> cell, Markup head) {}

    /** @param caption what it lists, for a screen reader */
    public Table(String caption, String css) {
        super("div");
        addClassName("table-wrap");
        add(Markup.of("table", ("table " + css).trim(), Markup.text("caption", "sr", caption), Markup.of("thead", "", head), body));
    }

    public Table<T> column(String title, Function<T, Component> cell) {
        return column(title, "", cell);
    }

    /** Numbers at the right. */
    public Table<T> number(String title, Function<T, Component> cell) {
        return column(title, "num", cell);
    }

    /** @param css {@code num}: at the right; {@code minor}: left away on a narrow screen */
    public Table<T> column(String title, String css, Function<T, Component> cell) {
        return column(title, css, Markup.text("th", css, title), cell);
    }

    /** A column whose title would only repeat what one sees. */
    public Table<T> untitled(String spoken, String css, Function<T, Component> cell) {
        return column(spoken, css, Markup.of("th", css, Markup.text("span", "sr", spoken)), cell);
    }

    private Table<T> column(String title, String css, Markup heading, Function<T, Component> cell) {
        columns.add(new Column<>(title, css, cell, heading));
        head.with(heading.attribute("scope", "col"));
        return this;
    }

    /** Before the columns that sort. @param remember told the address that says by which column */
    public Table<T> sorted(Address address, Consumer<Address> remember) {
        sorting = new Sorting<>(address, remember, this::draw);
        return this;
    }

    /** Lets the column that was added last sort the rows. */
    public <C extends Comparable<? super C>> Table<T> by(Function<T, C> value) {
        Column<T> column = columns.getLast();
        Objects.requireNonNull(sorting, "sorted(address, remember) comes first")
                .add(column.title(), column.head(), column.css().contains("num"), Comparator.comparing(value));
        return this;
    }

    /** Rows that sorting moves; the others stay where they are, and no row passes them. */
    public Table<T> movable(Predicate<T> which) {
        movable = which;
        return this;
    }

    public Table<T> chosen(Predicate<T> which) {
        chosen = which;
        return this;
    }

    public Table<T> rowClass(Function<T, String> css) {
        rowClass = css;
        return this;
    }

    /**
     * A row that is the same as before stays as it is, so that what a person just presses in it does not go from under the pointer. For rows that are
     * told apart by all that their cells show.
     */
    public Table<T> keepsRows() {
        keepsRows = true;
        return this;
    }

    public void show(List<T> present) {
        rows = present;
        draw();
    }

    private void draw() {
        Sorting<T> present = sorting;
        List<T> now = present == null ? rows : present.sorted(rows, movable);
        if (!keepsRows) {
            body.removeAll();
            now.forEach(row -> body.with(line(row)));
            return;
        }
        kept.entrySet().removeIf(each -> !now.contains(each.getKey()) && gone(each.getValue()));
        for (int i = 0; i < now.size(); i++) {
            Markup line = kept.computeIfAbsent(now.get(i), this::line);
            mark(line, now.get(i));
            if (body.getElement().getChildCount() <= i || !body.getElement().getChild(i).equals(line.getElement())) {
                body.addComponentAtIndex(i, line);
            }
        }
    }

    private Markup line(T row) {
        var line = Markup.of("tr", rowClass.apply(row));
        mark(line, row);
        columns.forEach(column -> line.with(Markup.of("td", column.css(), column.cell().apply(row))));
        return line;
    }

    private void mark(Markup line, T row) {
        if (chosen.test(row)) {
            line.attribute("aria-selected", "true");
        } else {
            line.getElement().removeAttribute("aria-selected");
        }
    }

    private static boolean gone(Markup line) {
        line.removeFromParent();
        return true;
    }
}
