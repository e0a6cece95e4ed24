package dev.penstock.ui.newendpoint;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.platform.EndpointSpec;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.ui.base.Fields;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What has to be chosen and typed in to ask for an endpoint. */
final class Order {

    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_PURPOSE = 1000;
    private static final int LONGEST_LEASE_HOURS = 8784;
    private static final int LONGEST_CONTEXT = 10_000_000;
    private static final int MOST_CALLS = 100_000_000;
    private static final int USUAL_CONTEXT = 8_192;

    private final Select<ModelView> model = Fields.select("Model", List.of(), ModelView::name);
    private final TextField name = Fields.text("Name", "callers write it as “model”", LONGEST_NAME);
    private final IntegerField context = Fields.number("Context", "tokens", 1, LONGEST_CONTEXT);
    private final IntegerField hours = Fields.number("Lease", "hours", 1, LONGEST_LEASE_HOURS);
    private final IntegerField calls = Fields.number("Calls", "a day", 0, MOST_CALLS);
    private final IntegerField input = Fields.number("Tokens in", "a call", 0, LONGEST_CONTEXT);
    private final IntegerField output = Fields.number("Tokens out", "a call", 0, LONGEST_CONTEXT);
    private final Checkbox everybody = new Checkbox("Every tenant may call it and pays for tokens");
    private final TextArea purpose = Fields.area("Why you need it", "read by whoever decides", LONGEST_PURPOSE);

    /** @param changed told when something changed that changes what fits, what it costs or who must agree */
    Order(Runnable changed) {
        hours.setHelperText("renewed while it runs");
        name.addValueChangeListener(change -> changed.run());
        List.of(context, hours, calls, input, output).forEach(field -> field.addValueChangeListener(change -> changed.run()));
        model.addValueChangeListener(change -> changed.run());
        everybody.addValueChangeListener(change -> changed.run());
    }

    /** Fills in what is usual, where nothing was said. */
    void begin(List<ModelView> models, @Nullable String wantedModel, @Nullable Integer wantedContext, int leaseHours) {
        model.setItems(models);
        model.setValue(models.stream().filter(each -> each.id().equals(wantedModel)).findFirst().orElse(models.getFirst()));
        context.setValue(wantedContext == null ? usualContext(model.getValue()) : wantedContext);
        hours.setValue(leaseHours);
        calls.setValue(2_000);
        input.setValue(1_200);
        output.setValue(180);
    }

    static int usualContext(ModelView model) {
        return (int) Math.min(USUAL_CONTEXT, model.contextTokens());
    }

    Select<ModelView> model() {
        return model;
    }

    TextField name() {
        return name;
    }

    IntegerField context() {
        return context;
    }

    IntegerField hours() {
        return hours;
    }

    IntegerField calls() {
        return calls;
    }

    IntegerField input() {
        return input;
    }

    IntegerField output() {
        return output;
    }

    Checkbox everybody() {
        return everybody;
    }

    TextArea purpose() {
        return purpose;
    }

    int leaseHours() {
        Integer given = hours.getValue();
        return given == null ? 1 : Math.clamp(given, 1, LONGEST_LEASE_HOURS);
    }

    int contextTokens() {
        Integer given = context.getValue();
        return given == null ? 1 : Math.clamp(given, 1, LONGEST_CONTEXT);
    }

    Traffic traffic() {
        return new Traffic(number(calls), number(input), number(output));
    }

    /** As a model is called: dots too. */
    static String nameProblem(String name) {
        return name.matches("[a-z][a-z0-9.-]{0," + (LONGEST_NAME - 2) + "}[a-z0-9]")
                ? ""
                : "Lower case letters, digits, dots and hyphens, 2 to " + LONGEST_NAME + ", beginning with a letter.";
    }

    private static int number(IntegerField field) {
        return Math.max(0, Objects.requireNonNullElse(field.getValue(), 0));
    }

    /** Says in words what is missing; whether nothing is. */
    boolean isComplete() {
        boolean named = Fields.check(name, nameProblem(name.getValue()));
        boolean explained = Fields.check(purpose, purpose.getValue().isBlank() ? "Say in a sentence what it is for." : "");
        return named && explained && context.getValue() != null && !context.isInvalid() && hours.getValue() != null && !hours.isInvalid();
    }

    EndpointSpec spec(String profile) {
        return spec(profile, name.getValue(), purpose.getValue().trim());
    }

    /** For the preview, while name and purpose are still being thought about. */
    EndpointSpec draft(String profile) {
        boolean named = nameProblem(name.getValue()).isEmpty();
        return spec(profile, named ? name.getValue() : "not-named-yet", purpose.getValue().isBlank() ? "not given yet" : purpose.getValue().trim());
    }

    private EndpointSpec spec(String profile, String called, String why) {
        return new EndpointSpec(called, model.getValue().id(), profile, contextTokens(), everybody.getValue(), leaseHours() * 3600L, why);
    }
}
