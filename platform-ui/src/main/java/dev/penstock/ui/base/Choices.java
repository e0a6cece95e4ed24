package dev.penstock.ui.base;

import com.vaadin.flow.component.HtmlContainer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One of a few, each with a sentence: native radio buttons, so keyboard and screen reader work as everywhere. */
public final class Choices<T> extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final String group;
    private final transient Consumer<T> whenChosen;
    private final transient Map<T, Markup> inputs = new LinkedHashMap<>();

    /** @param group unique on the page */
    public Choices(String label, String group, Consumer<T> whenChosen) {
        super("div");
        this.group = group;
        this.whenChosen = whenChosen;
        addClassName("choices");
        getElement().setAttribute("role", "radiogroup").setAttribute("aria-label", label);
    }

    /** @param hint null for none */
    public Choices<T> choice(T value, String title, @Nullable String hint) {
        Markup input = radio(group, () -> whenChosen.accept(value));
        inputs.put(value, input);
        var choice = Markup.of("label", "choice", input, Markup.text("strong", "", title));
        add(hint == null ? choice : choice.with(Markup.text("span", "hint", hint)));
        return this;
    }

    /** Marks without telling. */
    public void mark(T value) {
        inputs.forEach((each, input) -> input.getElement().setProperty("checked", each.equals(value)));
    }

    /** A radio button alone, as in a row of a table. */
    public static Markup radio(String group, Runnable whenChosen) {
        Markup input = Markup.of("input", "").attribute("type", "radio").attribute("name", group);
        input.getElement().addEventListener("change", change -> whenChosen.run());
        return input;
    }
}
