package dev.penstock.ui.base;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.server.streams.DownloadHandler;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chart over time, drawn by the browser, with a legend and the same numbers as a table beside it. The drawing library is loaded by the first
 * chart of a page and by no other page.
 */
@JavaScript("context://chart.js")
public final class Chart extends HtmlContainer {

    /** As the webjar lays it out. */
    static final String LIBRARY = "webjars/echarts/5.5.0/echarts.min.js";

    private static final long serialVersionUID = 1L;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String title;
    private final Markup drawing = Markup.of("penstock-chart", "").attribute("aria-hidden", "true").attribute("library", LIBRARY);
    private final Markup legend = Markup.of("div", "legend");
    private final Markup numbers = Markup.of("div", "");
    private final Markup beside = Markup.of("div", "numbers", Markup.of("details", "", Markup.text("summary", "", "Table"), numbers));
    private boolean offered;
    private transient ChartData shown = ChartData.bars(Unit.COUNT, List.of(), List.of());

    /** @param title what it shows, for a screen reader */
    public Chart(String title) {
        super("figure");
        this.title = title;
        addClassName("chartbox");
        getElement().setAttribute("aria-label", title);
        add(drawing, legend, beside);
    }

    /** Draws it anew; an open table stays open. */
    public Chart show(ChartData data) {
        shown = data;
        drawing.attribute("data", json(data).toString());
        legend.removeAll();
        var used = new HashSet<String>();
        data.series().forEach(series -> legend.add(Markup.text(
                "span", "swatch cat " + series.colour() + (used.add(series.colour()) ? "" : " hatched"), series.name())));
        legend.setVisible(data.series().size() > 1);
        numbers.removeAll();
        numbers.add(table(data));
        return this;
    }

    /** A download has its address from the page it is on. */
    @Override
    protected void onAttach(AttachEvent attached) {
        if (!offered) {
            offered = true;
            beside.add(csv());
        }
    }

    private Component csv() {
        DownloadHandler download = event -> {
            event.setFileName(title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".csv");
            event.setContentType("text/csv;charset=UTF-8");
            event.getOutputStream().write(ChartCsv.of(shown).getBytes(StandardCharsets.UTF_8));
        };
        var anchor = new Anchor(download, "CSV");
        anchor.getElement().setAttribute("aria-label", title + " as CSV");
        return anchor;
    }

    private Component table(ChartData data) {
        var table = new Table<Integer>(title, "").column("Time", index -> Cells.text(data.labels().get(index)));
        data.series().forEach(series -> table.number(series.name(), index -> value(data.unit(), series.values().get(index))));
        table.show(IntStream.range(0, data.labels().size()).boxed().toList());
        return table;
    }

    private static Component value(Unit unit, @Nullable BigInteger exact) {
        return exact == null ? Cells.quiet("–") : Markup.text("span", "", unit.words().apply(exact)).hover(unit.exactly().apply(exact));
    }

    private static ObjectNode json(ChartData data) {
        ObjectNode json = JSON.objectNode();
        json.put("symbol", data.unit().symbol());
        ArrayNode labels = json.putArray("labels");
        data.labels().forEach(labels::add);
        ArrayNode series = json.putArray("series");
        data.series().forEach(each -> series.add(json(each, data.unit())));
        ArrayNode marks = json.putArray("marks");
        data.marks().forEach(mark -> marks.addObject()
                .put("name", mark.name())
                .put("colour", mark.colour())
                .put("value", data.unit().plotted(mark.value())));
        return json;
    }

    private static ObjectNode json(ChartData.Series series, Unit unit) {
        ObjectNode json = JSON.objectNode().put("name", series.name()).put("colour", series.colour()).put("shape", series.shape().name());
        ArrayNode values = json.putArray("values");
        List<@Nullable BigInteger> exact = series.values();
        exact.forEach(value -> {
            if (value == null) {
                values.addNull();
            } else {
                values.add(unit.plotted(value));
            }
        });
        return json;
    }
}
