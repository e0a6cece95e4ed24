package dev.penstock.ui.shell;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import dev.penstock.ui.backend.SignedOut;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.Tone;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A screen that failed while it was opened: what happened, what was kept, what to do, and the reference. */
@ParentLayout(Shell.class)
@PermitAll
@PageTitle("This page could not be opened · Penstock")
class BrokenPage extends HtmlContainer implements HasErrorParameter<Exception> {

    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(BrokenPage.class);

    private final transient NewIds ids;

    BrokenPage(NewIds ids) {
        super("main");
        this.ids = ids;
        addClassName("page");
        setId("main");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        if (parameter.getException() instanceof SignedOut) {
            SignedOutDialog.show();
            return HttpServletResponse.SC_UNAUTHORIZED;
        }
        String id = ids.next().toString();
        String reference = id.substring(0, 4) + "-" + id.substring(4, 8);
        log.error("“/{}” could not be opened, shown as ref {}", event.getLocation().getPath(), reference, parameter.getException());
        add(
                new PageHead("This page could not be opened"),
                new ProblemPanel(
                        Tone.BAD,
                        "The portal failed while it opened the page.",
                        "Nothing was changed: the services were not asked to change anything.",
                        "Try again. If it stays, tell your administrators the reference.",
                        reference),
                Action.of("Try again", () -> getUI().ifPresent(ui -> ui.getPage().reload())));
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
