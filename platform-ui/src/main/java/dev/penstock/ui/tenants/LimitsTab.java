package dev.penstock.ui.tenants;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.Meter;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.LimitRows;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.Toast;
import dev.penstock.ui.base.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Changes the limits of one line; sends only what was changed. */
final class LimitsTab extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final transient Node node;
    private final transient LimitsApi limits;
    private final transient NewIds ids;
    private final transient Runnable whenChanged;
    private final List<LimitField> fields = new ArrayList<>();
    private final Markup rows = Markup.of("div", "stack tight");
    private final Markup warning = Markup.of("div", "");
    private final TextField reason = Fields.text("Reason", "for the audit trail", 500);

    LimitsTab(
            Node node, LimitsApi limits, SliceProfilesApi profiles, NewIds ids, boolean mayChange, Runnable whenChanged) {
        super("div");
        this.node = node;
        this.limits = limits;
        this.ids = ids;
        this.whenChanged = whenChanged;
        addClassNames("stack", "tight");
        if (!mayChange) {
            add(node.limits().isEmpty()
                    ? Markup.text("p", "quiet", "No limit is set here. Administrators set them.")
                    : new LimitRows(node.limits()));
            return;
        }
        if (node.gpuTime() == null) {
            field(LimitField.none(Meter.GPU_TIME, null, ids));
        }
        node.limits().stream().filter(limit -> !limit.meter().countsCalls()).forEach(limit -> field(new LimitField(limit)));
        add(rows, adding(profiles.list()), warning, reason, buttons());
        add(Markup.text("p", "hint", "Empty means no limit. What is held already stays; the next slice is refused where a limit is reached."));
    }

    private void field(LimitField field) {
        fields.add(field);
        rows.add(field);
        field.whenChanged(this::warn);
    }

    private Select<SliceProfileView> adding(List<SliceProfileView> profiles) {
        List<SliceProfileView> without = profiles.stream()
                .filter(profile -> node.limits().stream().noneMatch(limit -> profile.id().equals(limit.profile())))
                .toList();
        Select<SliceProfileView> profile = Fields.select("Also limit slices of", without, SliceProfileView::id);
        profile.setPlaceholder("choose a profile");
        profile.addValueChangeListener(change -> {
            SliceProfileView chosen = change.getValue();
            if (chosen != null) {
                field(LimitField.none(Meter.SLICES, chosen.id(), ids));
                profile.clear();
                profile.setItems(without.stream()
                        .filter(each -> fields.stream().noneMatch(field -> each.id().equals(field.profile())))
                        .toList());
            }
        });
        return profile;
    }

    private Markup buttons() {
        return Markup.of("div", "row", Action.primary("Set limits", this::save).css("grow"), Action.of("Undo", whenChanged));
    }

    private void warn() {
        warning.removeAll();
        fields.stream()
                .filter(LimitField::isChanged)
                .map(LimitField::consequence)
                .filter(Objects::nonNull)
                .forEach(sentence -> warning.add(new ProblemPanel(Tone.WARN, sentence, "Nothing that runs is stopped.", null, null)));
    }

    private void save() {
        List<LimitField> changed = fields.stream().filter(LimitField::isChanged).toList();
        if (changed.isEmpty() || fields.stream().anyMatch(LimitField::isWrong)) {
            return;
        }
        String why = reason.getValue().isBlank() ? null : reason.getValue().trim();
        try {
            for (LimitField field : changed) {
                if (field.isRemoved()) {
                    limits.remove(node.tenant().id(), field.id());
                } else {
                    limits.put(node.tenant().id(), field.id(), field.spec(node.projectId(), why));
                }
            }
            Toast.done("The limits of " + node.name() + " are set.");
            whenChanged.run();
        } catch (BackendProblem refused) {
            warning.removeAll();
            warning.add(new ProblemPanel(refused));
        }
    }
}
