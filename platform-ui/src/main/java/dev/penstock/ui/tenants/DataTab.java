package dev.penstock.ui.tenants;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.DataClassSpec;
import dev.penstock.contract.quota.DataClassView;
import dev.penstock.contract.quota.DataClassesApi;
import dev.penstock.contract.quota.ModelClassView;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.DataClasses;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.Toast;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Of which class a project's data is, which decides whether its calls may leave the house; and what data the models of its endpoints are given. */
final class DataTab extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    DataTab(Node node, DataClassesApi classes, boolean mayDeclare, Runnable whenChanged) {
        super("div");
        addClassNames("stack", "tight");
        try {
            classes.list(node.tenant().id()).stream().filter(view -> view.project().equals(node.projectId())).findFirst()
                    .ifPresent(view -> show(node, view, classes, mayDeclare, whenChanged));
            List<ModelClassView> models = classes.models(node.tenant().id()).stream().filter(view -> view.project().equals(node.projectId())).toList();
            if (!models.isEmpty()) {
                add(new ModelClassList(node, models, classes, mayDeclare, whenChanged));
            }
        } catch (BackendProblem unreadable) {
            add(new ProblemPanel(unreadable));
        }
    }

    private void show(Node node, DataClassView view, DataClassesApi classes, boolean mayDeclare, Runnable whenChanged) {
        DataClass present = view.dataClass();
        if (present == null) {
            add(Markup.text("p", "quiet", view.version() == 0
                    ? "Nobody has said of which class the project's data is, so nothing of it leaves the house."
                    : "The class of the project's data ended when it moved to another tenant. Until one is declared again, nothing of it leaves the house."));
        } else {
            add(new Facts()
                    .fact("Class", DataClasses.word(present))
                    .fact("Declared by", Objects.requireNonNullElse(view.madeBy(), ""))
                    .fact("At", view.madeAt() == null ? "" : PersonTime.exact(view.madeAt()))
                    .fact("Because", Objects.requireNonNullElse(view.reason(), "")));
        }
        if (mayDeclare) {
            declare(node, view, classes, whenChanged);
        }
    }

    private void declare(Node node, DataClassView view, DataClassesApi classes, Runnable whenChanged) {
        Select<DataClass> chosen = Fields.select("Class of its data", List.of(DataClass.values()), DataClasses::word);
        chosen.setValue(Objects.requireNonNullElse(view.dataClass(), DataClass.RESTRICTED));
        TextField reason = Fields.text("Reason", "for the audit trail", 500);
        add(chosen, reason,
                Markup.of("div", "row", Action.primary("Declare", () -> {
                            if (Fields.check(reason, reason.getValue().isBlank() ? "Why is it so?" : "")) {
                                classes.declare(node.tenant().id(), view.project(), view.version() + 1, new DataClassSpec(chosen.getValue(), reason.getValue().strip()));
                                Toast.done("The data of " + view.projectName() + " is " + DataClasses.word(chosen.getValue()).toLowerCase(Locale.ROOT) + ".");
                                whenChanged.run();
                            }
                        })
                        .css("grow")),
                Markup.text("p", "hint", "Holds for calls from now on. Upstreams that may be given less answer nothing for it, whatever fails."));
    }
}
