package dev.penstock.ui.health;

import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.quota.HealthApi;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import org.jspecify.annotations.Nullable;

/** Do the books hold together, and do they say what the engines say? */
@Route(Destination.Paths.HEALTH)
@PermitAll
class HealthScreen extends Screen {

    private static final long serialVersionUID = 1L;

    private final transient HealthApi health;
    private final HealthPanels panels = new HealthPanels();
    private transient @Nullable HealthView shown;

    HealthScreen(Viewer viewer, HealthApi health) {
        super("Health", viewer);
        this.health = health;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "health");
    }

    @Override
    protected void show() {
        HealthView read = health.health();
        removeAll();
        add(new PageHead("Health").under("Whether the books hold together, and whether engines counted what was booked."), panels);
        shown = read;
        panels.show(read);
    }

    @Override
    protected void refresh() {
        HealthView read = health.health();
        if (!read.equals(shown)) {
            shown = read;
            panels.show(read);
        }
    }
}
