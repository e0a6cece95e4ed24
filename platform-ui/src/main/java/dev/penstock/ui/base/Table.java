package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A table of at most a few hundred rows, as plain HTML: read well by screen readers, copied well by people. Rows are links where there is
 * more behind them.
 */
public final class Table<T> extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final transient List<Column<T>> columns = new ArrayList<>();
    private final Markup head = Markup.of("tr", "");
    private final Markup body = Markup.of("tbody", "");
    private transient Predicate<T> chosen = row -> false;
    private transient Function<T, String> rowClass = row -> "";

    private record Column<T>(String css, Function<T, Component> cell) {}

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
        columns.add(new Column<>(css, cell));
        head.with(Markup.text("th", css, title).attribute("scope", "col"));
        return this;
    }

    /** A column whose title would only repeat what one sees. */
    public Table<T> untitled(String spoken, String css, Function<T, Component> cell) {
        columns.add(new Column<>(css, cell));
        head.with(Markup.of("th", css, Markup.text("span", "sr", spoken)).attribute("scope", "col"));
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

    public void show(List<T> rows) {
        body.removeAll();
        for (T row : rows) {
            var line = Markup.of("tr", rowClass.apply(row));
            if (chosen.test(row)) {
                line.attribute("aria-selected", "true");
            }
            columns.forEach(column -> line.with(Markup.of("td", column.css(), column.cell().apply(row))));
            body.with(line);
        }
    }
}
