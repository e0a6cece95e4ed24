package dev.penstock.ui.base;

import com.vaadin.flow.server.VaadinSession;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.MeApi;
import org.springframework.stereotype.Component;

/** The person who looks, as the services know them; asked once per session and again when memberships change. */
@Component
public class Viewer {

    private final MeApi api;

    public Viewer(MeApi api) {
        this.api = api;
    }

    public Me me() {
        VaadinSession session = VaadinSession.getCurrent();
        Me known = session.getAttribute(Me.class);
        if (known == null) {
            known = api.me();
            session.setAttribute(Me.class, known);
        }
        return known;
    }

    /** The next question goes to the service. */
    public void forget() {
        VaadinSession.getCurrent().setAttribute(Me.class, null);
    }
}
