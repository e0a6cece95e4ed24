package dev.penstock.ui.base;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.server.streams.DownloadHandler;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows as RFC 4180 text, for spreadsheets. */
public final class Csv {

    private Csv() {}

    public static String line(@Nullable Object... values) {
        return Stream.of(values).map(Csv::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** A name that begins like a formula would be run as one by the spreadsheet of whoever opens the file; an apostrophe keeps it text. */
    public static String field(@Nullable Object value) {
        String text = value instanceof BigDecimal number ? number.toPlainString() : Objects.toString(value, "");
        if (value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** @param text asked for when somebody takes the file */
    public static Anchor download(String title, String file, Supplier<String> text) {
        DownloadHandler download = event -> {
            event.setFileName(file);
            event.setContentType("text/csv;charset=UTF-8");
            event.getOutputStream().write(text.get().getBytes(StandardCharsets.UTF_8));
        };
        var anchor = new Anchor(download, "");
        anchor.add(Icon.DOWNLOAD.decorative(), Markup.plain(title));
        anchor.addClassName("button");
        return anchor;
    }
}
