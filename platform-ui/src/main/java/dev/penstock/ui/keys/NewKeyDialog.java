package dev.penstock.ui.keys;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.CallableAlias;
import dev.penstock.contract.quota.CallableModel;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.GatewayView;
import dev.penstock.contract.quota.KeyMade;
import dev.penstock.contract.quota.KeyOperation;
import dev.penstock.contract.quota.KeySpec;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.CallExample;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.CopyLine;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.Place;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.Snippet;
import dev.penstock.ui.base.Tone;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a key, and shows its secret once: it is in this dialog and nowhere else, and gone when the dialog is closed. */
final class NewKeyDialog {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_PURPOSE = 500;
    private static final int LONGEST_NETWORKS = 2_500;

    private final KeysApi keys;
    private final GatewayApi gateway;
    private final Clock clock;
    private final Confirmation confirmation;
    private final TextField name = Fields.text("Name", "so that people recognise it: what uses it, and where", LONGEST_NAME);
    private final Select<Expiry> expiry = Fields.select("Works", List.of(Expiry.values()), Expiry::title);
    private final Select<Place> project;
    private final CheckboxGroup<String> models = new CheckboxGroup<>("May call");
    private final CheckboxGroup<KeyOperation> operations = new CheckboxGroup<>("For");
    private final TextArea networks = Fields.area("From", "Addresses and networks, one a line, such as 10.2.0.0/16. Empty: from everywhere.", LONGEST_NETWORKS);
    private final TextField purpose = Fields.text("Purpose", "what it is for, as others will want to know", LONGEST_PURPOSE);
    private final Markup body;
    private final Action make = Action.primary("Make the key", this::make);
    private final Action close = Action.of("Leave it", this::close);
    private KeyId id;
    private final NewIds ids;

    NewKeyDialog(KeysApi keys, GatewayApi gateway, Clock clock, NewIds ids, List<Place> places) {
        this.keys = keys;
        this.gateway = gateway;
        this.clock = clock;
        this.ids = ids;
        this.id = new KeyId(ids.next());
        project = Fields.select("Project", places, place -> place.project().name());
        project.setValue(places.getFirst());
        project.setVisible(places.size() > 1);
        project.addValueChangeListener(change -> offerModels());
        expiry.setValue(Expiry.QUARTER);
        models.setHelperText("None ticked: all that the project may call, also later ones.");
        operations.setItems(KeyOperation.values());
        operations.setItemLabelGenerator(KeyOperation::word);
        operations.setHelperText("None ticked: all operations, also later ones. Clients that list what there is need models.");
        body = Markup.of("div", "stack tight", name, project, expiry, purpose, models, operations, networks);
        confirmation = new Confirmation("New key", body);
        confirmation.getFooter().add(close, make);
        offerModels();
    }

    Confirmation confirmation() {
        return confirmation;
    }

    private void offerModels() {
        Place place = project.getValue();
        GatewayView view = gateway.get(place.tenant().id(), place.project().id());
        List<String> callable = Stream.concat(view.models().stream().map(CallableModel::model), view.aliases().stream().map(CallableAlias::name)).distinct().toList();
        models.setItems(callable);
        models.setVisible(!callable.isEmpty());
    }

    private void close() {
        confirmation.close();
    }

    private void make() {
        if (!Fields.check(name, name.getValue().isBlank() ? "Give it a name." : "")) {
            return;
        }
        Place place = project.getValue();
        List<String> only = List.copyOf(models.getValue());
        var spec = new KeySpec(name.getValue().trim(), expiry.getValue().from(clock.instant()), only.isEmpty() ? null : only, operations(), networks(), words(purpose.getValue()));
        confirmation.attemptOpen(() -> made(keys.make(place.tenant().id(), place.project().id(), id, spec), place), refused -> {
            if (refused.is(Problem.EXISTS_BUT_DIFFERENT)) {
                id = new KeyId(ids.next());
            }
        });
    }

    private @Nullable List<KeyOperation> operations() {
        return operations.isEmpty() ? null : operations.getValue().stream().sorted().toList();
    }

    private @Nullable List<String> networks() {
        List<String> lines = networks.getValue().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.isEmpty() ? null : lines;
    }

    private static @Nullable String words(String typed) {
        return typed.isBlank() ? null : typed.strip();
    }

    private void made(KeyMade made, Place place) {
        String secret = made.secret();
        body.removeAll();
        make.setVisible(false);
        close.setText("Close; I have copied it");
        confirmation.setHeaderTitle("Key " + made.key().name());
        if (secret == null) {
            close.setText("Close");
            body.add(new ProblemPanel(
                    Tone.WARN, "The key was made before", "Its secret was told then and is kept nowhere.", "Revoke it and make another one if nobody copied it.", null));
            return;
        }
        body.add(
                Markup.text("p", "strong", "Copy it now. It is shown this once and never again."),
                new CopyLine(secret),
                Markup.text("p", "hint", "Put it where only the program that calls can read it, not into a repository or a chat."));
        example(made, place, secret);
    }

    /** With the key in it, so that the first call is one paste away. */
    private void example(KeyMade made, Place place, String secret) {
        List<String> only = made.key().models();
        GatewayView view = gateway.get(place.tenant().id(), place.project().id());
        Stream.concat(view.models().stream().map(model -> new Callable(model.model(), model.tasks().getFirst())), view.aliases().stream().flatMap(alias -> named(view, alias)))
                .filter(callable -> only == null || only.contains(callable.name()))
                .findFirst()
                .ifPresent(callable -> body.add(new Snippet(
                        Markup.text("span", "label", "Try it"),
                        CallExample.withKey(view.address(), callable.name(), callable.task(), secret),
                        "curl, with the key in it")));
    }

    private record Callable(String name, ModelTask task) {}

    /** An alias is for what the first of its models is for. */
    private static Stream<Callable> named(GatewayView view, CallableAlias alias) {
        return view.models().stream().filter(model -> model.model().equals(alias.models().getFirst())).map(model -> new Callable(alias.name(), model.tasks().getFirst()));
    }
}
