package dev.penstock.ui.shell;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.Tone;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/** An address nobody knows. */
@ParentLayout(Shell.class)
@PermitAll
@PageTitle("There is no such page · Penstock")
class NoSuchPage extends HtmlContainer implements HasErrorParameter<NotFoundException> {

    private static final long serialVersionUID = 1L;

    NoSuchPage() {
        super("main");
        addClassName("page");
        setId("main");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        add(
                new PageHead("There is no such page"),
                new ProblemPanel(
                        Tone.WARN,
                        "Nothing is at “/" + event.getLocation().getPath() + "”.",
                        "Nothing was changed. The link may be older than the page, or mistyped.",
                        null,
                        null),
                Markup.of("p", "", Link.button("Home", Address.of(""))));
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
