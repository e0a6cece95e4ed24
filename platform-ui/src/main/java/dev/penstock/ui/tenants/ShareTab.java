package dev.penstock.ui.tenants;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.penstock.contract.platform.ShareSpec;
import dev.penstock.contract.platform.ShareView;
import dev.penstock.contract.platform.SharesApi;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Toast;
import dev.penstock.ui.base.Tone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a tenant is guaranteed of the fleet, its weight for the rest, and what it holds of both. */
final class ShareTab extends HtmlContainer {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 1_000_000;

    private final TenantView tenant;
    private final transient SharesApi shares;
    private final transient Map<String, SliceProfileView> profiles;
    private final transient Runnable whenChanged;
    private final transient ShareView share;
    private final transient Map<String, IntegerField> fields = new LinkedHashMap<>();
    private final Markup rows = Markup.of("div", "stack tight");
    private final Markup warning = Markup.of("div", "stack tight");

    ShareTab(TenantView tenant, SharesApi shares, List<SliceProfileView> profiles, boolean mayChange, Runnable whenChanged) {
        super("div");
        this.tenant = tenant;
        this.shares = shares;
        this.profiles = profiles.stream().collect(Collectors.toMap(SliceProfileView::id, Function.identity()));
        this.whenChanged = whenChanged;
        this.share = shares.get(tenant.id());
        addClassNames("stack", "tight");
        if (mayChange) {
            edit();
        } else {
            show();
        }
    }

    private void show() {
        var facts = new Facts();
        List<ShareView.Line> told = share.lines().stream().filter(ShareTab::isUsed).toList();
        told.forEach(line -> facts.fact(line.profile(), line.guaranteed() + " guaranteed, " + use(line)));
        facts.fact("Weight", Quantities.count(share.weight()) + " for what nobody is guaranteed");
        String hint = told.isEmpty() ? "Nothing is guaranteed. Administrators set it." : "What is borrowed may be asked back, with notice.";
        add(facts, Markup.text("p", "hint", hint));
    }

    private void edit() {
        share.lines().stream().filter(ShareTab::isUsed).filter(this::canBeGuaranteed).forEach(this::field);
        List<String> others = share.lines().stream()
                .filter(this::canBeGuaranteed)
                .map(ShareView.Line::profile)
                .filter(profile -> !fields.containsKey(profile))
                .toList();
        Select<String> more = Fields.select("Also guarantee", others, profile -> profile);
        more.setPlaceholder("a profile");
        more.addValueChangeListener(change -> share.lines().stream()
                .filter(line -> line.profile().equals(change.getValue()) && !fields.containsKey(line.profile()))
                .forEach(this::field));
        IntegerField weight = Fields.number("Weight for what nobody is guaranteed", "", 1, 1000);
        weight.setValue(share.weight());
        weight.setHelperText("with 3 it borrows three times as much as a tenant with 1");
        overPromised();
        add(
                rows,
                more,
                weight,
                warning,
                Markup.of("div", "row", Action.primary("Set share", () -> save(weight)).css("grow"), Action.of("Undo", whenChanged)),
                Markup.text("p", "hint", "Guaranteed parts are taken back from whoever borrowed them, with notice. Nothing stops by setting this alone: only when "
                        + "somebody asks for what they are guaranteed."));
    }

    /** Nobody who gives back a GPU makes room for several of one node, or for a share of one. */
    private boolean canBeGuaranteed(ShareView.Line line) {
        SliceProfileView profile = profiles.get(line.profile());
        return profile != null && profile.amount() == 1 && profile.replicas() == 1;
    }

    private static boolean isUsed(ShareView.Line line) {
        return line.guaranteed() > 0 || line.held() > 0 || line.waiting() > 0;
    }

    private void field(ShareView.Line line) {
        IntegerField field = Fields.number(line.profile(), "guaranteed", 0, MOST);
        field.setValue(line.guaranteed());
        field.setHelperText(use(line) + "; " + inAll(line) + " of " + Quantities.count(offered(line)) + " guaranteed in all");
        fields.put(line.profile(), field);
        rows.add(field);
    }

    private static String use(ShareView.Line line) {
        String borrowed = line.borrowed() == 0 ? "" : ", " + Quantities.count(line.borrowed()) + " of them borrowed";
        String waits = line.waiting() == 0 ? "" : ", waits for " + Quantities.count(line.waiting());
        return "holds " + Quantities.count(line.held()) + borrowed + waits;
    }

    /** A fleet may shrink after something was promised. */
    private void overPromised() {
        share.lines().stream().filter(line -> inAll(line) > offered(line)).forEach(line -> warning.add(new ProblemPanel(
                Tone.WARN,
                "More of " + line.profile() + " is guaranteed than ready nodes offer",
                Quantities.count(inAll(line)) + " are guaranteed to all tenants, " + Quantities.count(offered(line))
                        + " are there. Whoever waits longest is served first.",
                "Bring nodes back, or guarantee less.",
                null)));
    }

    private int offered(ShareView.Line line) {
        SliceProfileView profile = profiles.get(line.profile());
        return profile == null ? 0 : profile.total();
    }

    private static int inAll(ShareView.Line line) {
        Integer all = line.guaranteedInAll();
        return all == null ? line.guaranteed() : all;
    }

    private void save(IntegerField weight) {
        if (weight.getValue() == null || weight.isInvalid() || fields.values().stream().anyMatch(IntegerField::isInvalid)) {
            return;
        }
        Map<String, Integer> guaranteed = new TreeMap<>();
        fields.forEach((profile, field) -> {
            if (field.getValue() != null && field.getValue() > 0) {
                guaranteed.put(profile, field.getValue());
            }
        });
        try {
            shares.put(tenant.id(), new ShareSpec(weight.getValue(), guaranteed));
            Toast.done("The share of " + tenant.title() + " is set.");
            whenChanged.run();
        } catch (BackendProblem refused) {
            warning.removeAll();
            warning.add(new ProblemPanel(refused));
        }
    }
}
