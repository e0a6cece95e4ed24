package dev.penstock.ui.tenants;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.platform.ApprovalPolicy;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Toast;
import java.time.Duration;

/** When a request needs nobody's consent, and how long a lease may be. */
final class PolicyTab extends HtmlContainer {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_HOURS = 8784;

    PolicyTab(TenantView tenant, TenantsApi tenants, boolean mayChange, Runnable whenChanged) {
        super("div");
        addClassNames("stack", "tight");
        ApprovalPolicy policy = tenant.policy();
        if (!mayChange) {
            add(new Facts()
                    .fact("Approved at once up to", Cells.gpuHours(policy.approvesUpTo()))
                    .fact("Longest lease", Quantities.duration(Duration.ofSeconds(policy.longestLeaseSeconds()))));
            return;
        }
        IntegerField upTo = Fields.number("Approve at once up to", "GPU-h", 0, 1_000_000);
        IntegerField longest = Fields.number("Longest lease", "hours", 1, LONGEST_HOURS);
        upTo.setValue((int) (policy.approvesUpTo().partSeconds() / GpuTime.PART_SECONDS_PER_GPU_HOUR));
        longest.setValue((int) (policy.longestLeaseSeconds() / 3600));
        upTo.setHelperText("share of a GPU × lease; 0: every request is decided by a person");
        add(
                upTo,
                longest,
                Markup.of("div", "row", Action.primary("Set policy", () -> {
                            if (upTo.getValue() != null && longest.getValue() != null && !upTo.isInvalid() && !longest.isInvalid()) {
                                tenants.putPolicy(tenant.id(), new ApprovalPolicy(GpuTime.ofGpuHours(upTo.getValue()), longest.getValue() * 3600L));
                                Toast.done("The approval policy of " + tenant.title() + " is set.");
                                whenChanged.run();
                            }
                        })
                        .css("grow")),
                Markup.text("p", "hint", "Holds for requests from now on; requests that wait keep waiting."));
    }
}
