package dev.penstock.ui.health;

import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.quota.HealthApi;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.WriteOffsApi;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import org.jspecify.annotations.Nullable;

/** Do the books hold together, and do they say what the engines say? */
@Route(Destination.Paths.HEALTH)
@PermitAll
class HealthScreen extends Screen {

    private static final long serialVersionUID = 1L;

    private static final String WRITE_OFF = "write-off";
    private static final String JOURNAL = "journal";

    private final transient HealthApi health;
    private final transient WriteOffsApi writeOffs;
    private final HealthPanels panels = new HealthPanels();
    private transient @Nullable HealthView shown;

    HealthScreen(Viewer viewer, HealthApi health, WriteOffsApi writeOffs) {
        super("Health", viewer);
        this.health = health;
        this.writeOffs = writeOffs;
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
        show(read);
        if (address().is(Address.DO, WRITE_OFF) && mayWriteOff()) {
            read.replicas().forEach(replica -> replica.left().stream()
                    .filter(left -> left.writtenOff() == null && address().is(JOURNAL, left.journal().toString()))
                    .findFirst()
                    .ifPresent(left -> opened(new WriteOffDialog(replica.name(), left, writeOffs).confirmation(), Address.DO, JOURNAL)));
        }
    }

    @Override
    protected void refresh() {
        HealthView read = health.health();
        if (!read.equals(shown)) {
            show(read);
        }
    }

    private void show(HealthView read) {
        shown = read;
        panels.show(read, mayWriteOff() ? left -> address().with(Address.DO, WRITE_OFF).with(JOURNAL, left.journal().toString()) : null);
    }

    private boolean mayWriteOff() {
        return Roles.isAdministrator(me());
    }
}
