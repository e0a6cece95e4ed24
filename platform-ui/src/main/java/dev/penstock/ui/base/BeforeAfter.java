package dev.penstock.ui.base;

import com.vaadin.flow.component.HtmlContainer;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A thing before and after a change, field by field. */
public final class BeforeAfter extends HtmlContainer {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * @param before JSON text; null where the thing did not exist
     * @param after JSON text; null where it no longer exists
     */
    public BeforeAfter(@Nullable String before, @Nullable String after) {
        super("div");
        addClassName("change");
        Map<String, String> was = Flat.fields(parse(before));
        Map<String, String> is = Flat.fields(parse(after));
        var names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        for (String name : names) {
            line(name, was.get(name), is.get(name));
        }
    }

    private void line(String name, @Nullable String was, @Nullable String is) {
        if (Objects.equals(was, is)) {
            add(Markup.text("div", "", name + ": " + was));
            return;
        }
        if (was != null) {
            add(Markup.text("div", "was", name + ": " + was));
        }
        if (is != null) {
            add(Markup.text("div", "is", name + ": " + is));
        }
    }

    private static @Nullable JsonNode parse(@Nullable String json) {
        try {
            return json == null ? null : JSON.readTree(json);
        } catch (JacksonException notJson) {
            return JSON.valueToTree(json); // Shown as it stands: an auditor wants to see it all the same.
        }
    }
}
