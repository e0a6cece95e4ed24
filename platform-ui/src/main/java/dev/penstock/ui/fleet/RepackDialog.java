package dev.penstock.ui.fleet;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.RepackId;
import dev.penstock.contract.platform.FleetApi;
import dev.penstock.contract.platform.RepackConsent;
import dev.penstock.contract.platform.RepackView;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.Toast;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Consent to a proposal: names every node that is cut and everyone who is stopped, and is for this proposal and no other. */
final class RepackDialog {

    private final FleetApi fleet;
    private final NewIds ids;

    RepackDialog(FleetApi fleet, NewIds ids) {
        this.fleet = fleet;
        this.ids = ids;
    }

    Confirmation of(RepackView proposal, int mostStopped) {
        RepackId repack = new RepackId(ids.next());
        List<String> nodes = proposal.recuts().stream().map(RepackView.Recut::node).distinct().toList();
        TextField reason = NodeActions.reason();
        Select<Duration> notice = NodeActions.notice();
        var agreed = new Checkbox(proposal.stopped().isEmpty() ? "They take no new pods until they are cut" : "Everyone named here is stopped");
        var dialog = new Confirmation("Cut " + String.join(", ", nodes) + " anew", facts(proposal, nodes), notice, reason, agreed);
        var confirm = Action.danger("Cut anew", () -> {
            agreed.setErrorMessage("Say so first.");
            agreed.setInvalid(!agreed.getValue());
            if (agreed.getValue()) {
                dialog.attempt(() -> {
                    fleet.apply(repack, new RepackConsent(
                            mostStopped, proposal.fingerprint(), nodes, proposal.stopped().stream().map(RepackView.Stopped::slice).toList(), notice.getValue().toSeconds(),
                            reason.getValue().isBlank() ? null : reason.getValue().strip()));
                    Toast.done(String.join(", ", nodes) + (nodes.size() == 1 ? " is" : " are") + " being cut anew.");
                });
            }
        });
        return dialog.buttons("Leave it", confirm);
    }

    private static Facts facts(RepackView proposal, List<String> nodes) {
        return new Facts()
                .fact("Nodes", String.join(", ", nodes) + ": cordoned, emptied, cut, uncordoned")
                .fact("Stopped", proposal.stopped().isEmpty() ? "nobody"
                        : proposal.stopped().stream().map(stopped -> stopped.name() + " of " + stopped.tenantName() + ", on " + stopped.from()).collect(Collectors.joining("; ")))
                .fact("Each of them", proposal.stopped().isEmpty() ? null : "keeps a part of the same profile and comes up again; what is not on a volume is lost")
                .fact("Served", proposal.served().stream().map(served -> served.name() + " of " + served.tenantName()).collect(Collectors.joining("; ")))
                .fact("Not seen", "pods that are not Penstock's: the MIG manager fails while one uses a GPU there");
    }
}
