package dev.penstock.ui.health;

import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.quota.HealthView;

/** The screen's parts, the answer to the first question first. */
final class HealthPanels extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    HealthPanels() {
        super("div");
        addClassNames("stack");
    }

    void show(HealthView health) {
        removeAll();
        add(
                new BalanceBanner(health),
                HealthFigures.of(health),
                InvariantsPanel.of(health),
                EnginesPanel.of(health),
                ComparisonsPanel.of(health),
                LossesPanel.of(health),
                ReplicasPanel.of(health),
                SetAsidePanel.of(health));
    }
}
