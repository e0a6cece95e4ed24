package dev.penstock.ui.tenants;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.DataClassSpec;
import dev.penstock.contract.quota.DataClassesApi;
import dev.penstock.contract.quota.ModelClassView;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.DataClasses;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Toast;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What data the models of a project's endpoints are given. */
final class ModelClassList extends HtmlContainer {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_REASON = 500;

    private final transient Node node;
    private final transient DataClassesApi classes;
    private final transient Runnable whenChanged;

    ModelClassList(Node node, List<ModelClassView> models, DataClassesApi classes, boolean mayDeclare, Runnable whenChanged) {
        super("div");
        this.node = node;
        this.classes = classes;
        this.whenChanged = whenChanged;
        addClassNames("stack", "tight");
        var table = new Table<ModelClassView>("What data models are given", "").column("Model", ModelClassList::model).column("Given", view -> Markup.plain(given(view.takes())));
        if (mayDeclare) {
            table.untitled("Change", "num", view -> Action.of("Change", () -> dialog(view).open()).css("small"));
        }
        table.show(models);
        add(Markup.text("h3", "", "Models of its endpoints"), table,
                Markup.text("p", "hint", "A model that is given less is unknown to projects whose data are of a higher class, or of none that anybody declared."));
    }

    private static Component model(ModelClassView view) {
        Markup cell = Markup.of("span", "", Markup.text("span", "", view.model()));
        return view.madeAt() == null
                ? cell
                : cell.with(Markup.text("span", "sub wraps", view.reason() + " · " + view.madeBy() + ", " + PersonTime.dayAndTime(Objects.requireNonNull(view.madeAt()))));
    }

    private static String given(@Nullable DataClass takes) {
        return takes == null || takes == DataClass.RESTRICTED ? "Everything" : DataClasses.upTo(takes);
    }

    private Confirmation dialog(ModelClassView view) {
        var takes = Fields.select("Is given", List.of(DataClass.values()), ModelClassList::given);
        takes.setValue(Objects.requireNonNullElse(view.takes(), DataClass.RESTRICTED));
        var reason = Fields.text("Reason", "for the audit trail", LONGEST_REASON);
        var dialog = new Confirmation(
                "What data is " + view.model() + " given?", takes, reason,
                Markup.text("p", "hint", "Holds for calls from now on, by whatever alias or policy they come, and for their retries."));
        return dialog.buttons("Leave it", Action.primary("Declare", () -> {
            if (Fields.check(reason, reason.getValue().isBlank() ? "Why is it so?" : "")) {
                dialog.attempt(() -> {
                    classes.declareModel(node.tenant().id(), view.endpoint(), view.version() + 1, new DataClassSpec(takes.getValue(), reason.getValue().strip()));
                    Toast.done(view.model() + " is given: " + given(takes.getValue()).toLowerCase(Locale.ROOT) + ".");
                    whenChanged.run();
                });
            }
        }));
    }
}
