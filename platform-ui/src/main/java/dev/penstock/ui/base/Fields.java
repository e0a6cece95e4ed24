package dev.penstock.ui.base;

import com.vaadin.flow.component.ItemLabelGenerator;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.List;
import java.util.function.Consumer;

/** Fields that look alike and say what is wrong in words, under the field. */
public final class Fields {

    private static final int TYPING_PAUSE_MS = 300;
    private static final int LONGEST_SEARCH = 100;

    private Fields() {}

    public static TextField text(String label, String help, int longest) {
        var field = new TextField(label);
        field.setHelperText(help.isEmpty() ? null : help);
        field.setMaxLength(longest);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(TYPING_PAUSE_MS);
        return field;
    }

    /** Narrows a list. @param typed told the words a person typed, not those that are set */
    public static TextField search(String label, Consumer<String> typed) {
        var field = text("", "", LONGEST_SEARCH);
        field.setPlaceholder(label);
        field.setAriaLabel(label);
        field.setPrefixComponent(Icon.SEARCH.decorative());
        field.setClearButtonVisible(true);
        field.addClassName("narrowfield");
        field.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                typed.accept(change.getValue().trim());
            }
        });
        return field;
    }

    public static TextArea area(String label, String help, int longest) {
        var field = new TextArea(label);
        field.setHelperText(help.isEmpty() ? null : help);
        field.setMaxLength(longest);
        field.setMinRows(2);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(TYPING_PAUSE_MS);
        return field;
    }

    public static IntegerField number(String label, String unit, int least, int most) {
        var field = new IntegerField(label);
        field.setMin(least);
        field.setMax(most);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(TYPING_PAUSE_MS);
        if (!unit.isEmpty()) {
            var suffix = new Span(unit);
            suffix.addClassName("unit");
            field.setSuffixComponent(suffix);
        }
        return field;
    }

    public static <T> Select<T> select(String label, List<T> items, ItemLabelGenerator<T> words) {
        var field = new Select<T>();
        field.setLabel(label);
        field.setItems(items);
        field.setItemLabelGenerator(words);
        return field;
    }

    /** Says under the field what is wrong; nothing when {@code problem} is empty. */
    public static boolean check(TextField field, String problem) {
        field.setErrorMessage(problem);
        field.setInvalid(!problem.isEmpty());
        return problem.isEmpty();
    }

    public static boolean check(TextArea field, String problem) {
        field.setErrorMessage(problem);
        field.setInvalid(!problem.isEmpty());
        return problem.isEmpty();
    }

    /** Names of slices, projects and tenants. */
    public static String nameProblem(String name, int longest) {
        return name.matches("[a-z][a-z0-9-]{0," + (longest - 2) + "}[a-z0-9]")
                ? ""
                : "Lower case letters, digits and hyphens, 2 to " + longest + ", beginning with a letter.";
    }
}
