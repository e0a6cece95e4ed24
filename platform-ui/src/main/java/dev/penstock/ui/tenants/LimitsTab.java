package dev.penstock.ui.tenants;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.LimitKind;
import dev.penstock.ui.base.LimitRows;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.Toast;
import dev.penstock.ui.base.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Changes the limits of one line; sends only what was changed. */
final class LimitsTab extends HtmlContainer {

    private static final long serialVersionUID = 1L;
    private static final LimitKind MONEY = new LimitKind(Meter.MONEY, Window.MONTH, null);

    private final transient Node node;
    private final transient LimitsApi limits;
    private final transient NewIds ids;
    private final transient Runnable whenChanged;
    private final List<LimitField> fields = new ArrayList<>();
    private final CheckboxGroup<String> only = new CheckboxGroup<>("Only for these models");
    private final Markup rows = Markup.of("div", "stack tight");
    private final Markup warning = Markup.of("div", "");
    private final TextField reason = Fields.text("Reason", "for the audit trail", 500);

    /** @param models that can be called here, by the names that callers use */
    LimitsTab(
            Node node, LimitsApi limits, SliceProfilesApi profiles, Supplier<List<String>> models, NewIds ids, boolean mayChange, Runnable whenChanged) {
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
        if (!node.isBelowProject()) {
            offerFirst(LimitKind.gpuTime());
            offerFirst(MONEY);
        }
        List<String> callable = models.get();
        only.setItems(callable);
        only.setVisible(!callable.isEmpty());
        only.setHelperText("Tick them first, then choose what to limit. None ticked: all models, also later ones.");
        node.limits().forEach(limit -> field(new LimitField(limit, node.currency())));
        add(rows, only, adding(node.isBelowProject() ? List.of() : profiles.list()), warning, reason, buttons());
        add(Markup.text(
                "p",
                "hint",
                "An empty amount removes the limit. What is held or under way stays; the next slice or call is refused where a limit is used up, unless it only "
                        + "warns. People are told at the soft mark and when all is used. " + counted()));
    }

    private String counted() {
        return node.person() == null ? "" : "What " + node.person() + " calls for this project by their own sign-in counts; keys count for themselves.";
    }

    /** The two that are asked for first. */
    private void offerFirst(LimitKind kind) {
        if (node.limits().stream().noneMatch(limit -> LimitKind.of(limit).equals(kind))) {
            field(LimitField.none(kind, node.currency(), ids));
        }
    }

    private void field(LimitField field) {
        fields.add(field);
        rows.add(field);
        field.whenChanged(this::warn);
    }

    private Select<LimitKind> adding(List<SliceProfileView> profiles) {
        List<LimitKind> all = Stream.concat(
                        LimitKind.ofCalls().stream(), profiles.stream().map(profile -> LimitKind.slices(profile.id())))
                .toList();
        Select<LimitKind> kinds = Fields.select("Also limit", all, LimitKind::title);
        kinds.setPlaceholder("calls, tokens, spend, slices");
        kinds.addValueChangeListener(change -> {
            LimitKind chosen = change.getValue();
            if (chosen != null) {
                LimitKind kind = chosen.meter().countsCalls() ? chosen.onlyFor(only.getValue()) : chosen;
                if (fields.stream().noneMatch(field -> field.kind().equals(kind))) {
                    field(LimitField.none(kind, node.currency(), ids));
                }
                kinds.clear();
                only.clear();
            }
        });
        return kinds;
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
        List<LimitField> changed = fields.stream().filter(field -> field.isChanged() && !field.isEmpty()).toList();
        if (changed.isEmpty() || fields.stream().anyMatch(LimitField::isWrong)) {
            return;
        }
        String why = reason.getValue().isBlank() ? null : reason.getValue().trim();
        try {
            for (LimitField field : changed) {
                if (field.isRemoved()) {
                    limits.remove(node.tenant().id(), field.id());
                } else {
                    limits.put(node.tenant().id(), field.id(), field.spec(node.projectId(), node.keyId(), node.person(), why));
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
