package dev.penstock.ui.health;

import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.HealthView.LeftJournal;
import dev.penstock.ui.base.Address;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The screen's parts, the answer to the first question first. */
final class HealthPanels extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    HealthPanels() {
        super("div");
        addClassNames("stack");
    }

    /** @param writingOff where a journal that was left is written off; null: nobody may */
    void show(HealthView health, @Nullable Function<LeftJournal, Address> writingOff) {
        removeAll();
        add(
                new BalanceBanner(health),
                HealthFigures.of(health),
                InvariantsPanel.of(health),
                EnginesPanel.of(health),
                ComparisonsPanel.of(health),
                LossesPanel.of(health),
                ReplicasPanel.of(health, writingOff),
                SetAsidePanel.of(health));
    }
}
