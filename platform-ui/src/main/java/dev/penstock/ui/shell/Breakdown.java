package dev.penstock.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import dev.penstock.contract.Problem;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.backend.SignedOut;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.Toast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What happens to an exception nobody expected, and to a browser whose session has gone. */
@Component
class Breakdown implements VaadinServiceInitListener {

    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(Breakdown.class);

    private final transient NewIds ids;

    Breakdown(NewIds ids) {
        this.ids = ids;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addSessionInitListener(init -> init.getSession().setErrorHandler(this::handle));
        // A tab that finds its session gone loads its address anew, and comes back to it after sign-in.
        var messages = new CustomizedSystemMessages();
        messages.setSessionExpiredNotificationEnabled(false);
        event.getSource().setSystemMessagesProvider(info -> messages);
    }

    private void handle(ErrorEvent event) {
        Throwable thrown = event.getThrowable();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SignedOut) {
                SignedOutDialog.show();
                return;
            }
            if (cause instanceof BackendProblem problem) {
                Toast.problem(problem);
                return;
            }
        }
        String reference = reference();
        log.error("Unexpected, shown to the person as ref {}", reference, thrown);
        if (UI.getCurrent() != null) {
            Toast.problem(new BackendProblem(Problem.INTERNAL, "The portal failed; the services were not affected.", reference));
        }
    }

    private String reference() {
        String id = ids.next().toString();
        return id.substring(0, 4) + "-" + id.substring(4, 8);
    }
}
