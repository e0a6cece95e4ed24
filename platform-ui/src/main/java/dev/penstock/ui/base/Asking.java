package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.textfield.TextArea;
import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.RequestPreview;
import dev.penstock.ui.backend.BackendProblem;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who must agree and what is left of the quota, with the button that asks. */
public final class Asking extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final Panel agree = new Panel("Who must agree");
    private final Markup agreement = Markup.of("div", "stack tight");
    private final Markup problem = Markup.of("div", "");
    private final Markup left = Markup.of("div", "stack");
    private final String atOnce;
    private final Action ask;

    /** @param atOnce what the button says when nobody has to be asked */
    public Asking(TextArea purpose, String atOnce, Runnable submit) {
        super("div");
        this.atOnce = atOnce;
        addClassName("stack");
        ask = Action.primary("Ask for it", submit);
        agree.body(agreement, purpose, problem, ask);
        add(agree, left);
    }

    /** Nothing that could be asked for. */
    public void impossible(String sentence) {
        clear();
        agreement.add(Markup.text("p", "quiet", sentence));
        ask.setEnabled(false);
    }

    /** What would happen now; a refusal to tell is shown in its place. */
    public void show(Supplier<RequestPreview> question, Supplier<Component> quota) {
        clear();
        try {
            RequestPreview preview = question.get();
            left.add(new Panel("Quota left").body(quota.get()));
            agree.actions(Agreement.badge(preview.outcome()));
            agreement.add(new Agreement(preview));
            ask.setText(preview.outcome() == PolicyCheck.Result.PASSES ? atOnce : "Ask for approval");
            ask.setEnabled(preview.outcome() != PolicyCheck.Result.REFUSED);
        } catch (BackendProblem refused) {
            agreement.add(new ProblemPanel(refused));
            ask.setEnabled(false);
        }
    }

    /** What was asked for was refused; null: nothing was. */
    public void refused(@Nullable BackendProblem refusal) {
        problem.removeAll();
        if (refusal != null) {
            problem.add(new ProblemPanel(refusal));
        }
    }

    private void clear() {
        agree.actions();
        agreement.removeAll();
        left.removeAll();
    }
}
