package dev.penstock.ui.approval;

import dev.penstock.contract.platform.Decision;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Toast;
import java.util.List;
import java.util.function.Consumer;

/** Approves or rejects one request or several; one that is refused does not keep the others from being decided. */
final class Deciding {

    private static final int LONGEST_REASON = 1000;

    private final SliceRequestsApi requests;
    private final Runnable whenDecided;

    Deciding(SliceRequestsApi requests, Runnable whenDecided) {
        this.requests = requests;
        this.whenDecided = whenDecided;
    }

    void approve(List<SliceRequestView> chosen) {
        each(chosen, request -> requests.approve(request.tenant(), request.id(), new Decision(null)), "approved");
    }

    /** A dialog that asks for the reason, which whoever asked will read. */
    Confirmation rejection(List<SliceRequestView> chosen) {
        var reason = Fields.area("Reason", "shown to whoever asked, and in the audit trail", LONGEST_REASON);
        String title = chosen.size() == 1
                ? "Reject the request for " + chosen.getFirst().name() + "?"
                : "Reject " + Quantities.count(chosen.size(), "request", "requests") + "?";
        var names = Markup.of("ul", "loses");
        chosen.forEach(request -> names.add(Markup.of(
                "li", "", Markup.text("span", "", request.name()), Markup.text("span", "quiet", request.requestedBy() + ", " + request.projectName()))));
        var confirmation = new Confirmation(title, names, reason);
        var reject = Action.danger("Reject", () -> {
            if (Fields.check(reason, reason.getValue().isBlank() ? "Say why, in a sentence." : "")) {
                confirmation.attempt(() -> each(
                        chosen, request -> requests.reject(request.tenant(), request.id(), new Decision(reason.getValue().trim())), "rejected"));
            }
        });
        return confirmation.buttons("Leave it", reject.css("primary"));
    }

    private void each(List<SliceRequestView> chosen, Consumer<SliceRequestView> decide, String word) {
        int done = 0;
        BackendProblem first = null;
        for (SliceRequestView request : chosen) {
            try {
                decide.accept(request);
                done++;
            } catch (BackendProblem refused) {
                first = first == null ? refused : first;
            }
        }
        whenDecided.run();
        if (done > 0) {
            Toast.done(done == 1 && chosen.size() == 1
                    ? "The request for " + chosen.getFirst().name() + " is " + word + "."
                    : Quantities.count(done, "request", "requests") + " " + word + ".");
        }
        if (first != null) {
            Toast.problem(first);
        }
    }
}
