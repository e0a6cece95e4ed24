package dev.penstock.ui.backend;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.VaadinSession;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls that take longer than a click may: they run beside the tab and bring their answer back to it. */
public final class Background {

    private static final Logger log = LoggerFactory.getLogger(Background.class);

    private Background() {}

    /**
     * Called with the tab's lock held; so are the answers.
     *
     * @param call asks a service, on behalf of the person
     * @param refused also told when the service did not answer
     */
    public static <T> void run(UI ui, Supplier<T> call, Consumer<T> answered, Consumer<BackendProblem> refused) {
        PortalSession session = PortalSession.of(VaadinSession.getCurrent());
        Runnable work = () -> {
            try {
                T answer = call.get();
                inTab(ui, () -> answered.accept(answer));
            } catch (BackendProblem problem) {
                inTab(ui, () -> refused.accept(problem));
            } catch (SignedOut over) {
                log.debug("the session ended during a call", over);
            }
        };
        Thread.ofVirtual().name("call beside a tab").start(session == null ? work : () -> session.as(work));
    }

    private static void inTab(UI ui, Runnable show) {
        try {
            ui.access(show::run);
        } catch (UIDetachedException closed) {
            log.debug("the tab was closed before the answer came");
        }
    }
}
