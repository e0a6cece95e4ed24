package dev.penstock.ui.fleet;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.RoomView;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;

/** What still fits on GPUs of one device. */
final class RoomPanel {

    private RoomPanel() {}

    static Component of(RoomView room) {
        var table = new Table<RoomView.OfProfile>("What still fits on " + room.device(), "")
                .column("Profile", profile -> Cells.text(profile.name()))
                .number("Free", profile -> Cells.text(Quantities.count(profile.free())))
                .number("If cut for it", profile -> Cells.text(Quantities.count(profile.ifCutForIt())));
        table.show(room.profiles());
        return new Panel("What still fits").hint(room.device()).wide(table).foot(Markup.plain("Each row is one possible cut of what is idle, not a sum of them."));
    }
}
