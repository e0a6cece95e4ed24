package dev.penstock.ui.approval;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.quota.LimitApproval;
import dev.penstock.contract.quota.LimitRejection;
import dev.penstock.contract.quota.LimitRequestState;
import dev.penstock.contract.quota.LimitRequestView;
import dev.penstock.contract.quota.LimitRequestsApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.AmountField;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Toast;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Requests for more than limits allow: those that wait, or those that were decided. */
final class MoreOfLimits extends HtmlContainer {

    static final String LIMIT = "limit-";

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_WORDS = 500;

    private final transient LimitRequestsApi requests;
    private final transient Clock clock;
    private final transient Runnable whenDecided;
    private transient List<LimitRequestView> shown = List.of();
    private transient @Nullable Address drawnFor;

    MoreOfLimits(LimitRequestsApi requests, Clock clock, Runnable whenDecided) {
        super("div");
        this.requests = requests;
        this.clock = clock;
        this.whenDecided = whenDecided;
    }

    /** Where there are none, there is nothing to see. What is the same as before stays. */
    void show(List<LimitRequestView> all, boolean decided, Address address) {
        List<LimitRequestView> now = all.stream().filter(request -> decided != (request.state() == LimitRequestState.SUBMITTED)).toList();
        if (now.equals(shown) && address.equals(drawnFor)) {
            return;
        }
        shown = now;
        drawnFor = address;
        removeAll();
        if (!now.isEmpty()) {
            var panel = new Panel("More of a limit").hint(Quantities.count(now.size()));
            add(panel.wide(table(now, decided, address)));
        }
    }

    private Component table(List<LimitRequestView> present, boolean decided, Address address) {
        var table = new Table<LimitRequestView>("Requests for more of a limit", "");
        if (decided) {
            table.column("State", request -> Badge.bare(Badge.tone(request.state()), Badge.word(request.state())));
        }
        table.column("Limit", request -> Markup.of("span", "", Markup.text("span", "strong", request.title()), Markup.text("span", "sub wraps", under(request))))
                .column("Asked by", "minor", request -> Cells.text(request.askedBy()))
                .column("Allows", "num minor", request -> Markup.text("span", "num", amount(request, Objects.requireNonNullElse(request.present(), request.before()))))
                .number("Asked for", request -> Markup.text("span", "num", amount(request, request.amount())));
        if (decided) {
            table.column("Decided by", "minor", request -> Cells.quiet(request.decidedBy()))
                    .number("When", request -> Moment.ago(Objects.requireNonNullElse(request.decidedAt(), request.lapsesAt()), clock.instant()));
        } else {
            table.column("Lapses in", "num minor", request -> Moment.until(request.lapsesAt(), clock.instant()))
                    .untitled("Decide", "num", request -> request.mayDecide()
                            ? Link.button("Decide", address.with(Address.DO, LIMIT + request.id())).css("small").label("Decide " + request.title())
                            : Cells.quiet("yours"));
        }
        table.show(present);
        return table;
    }

    private static String under(LimitRequestView request) {
        String granted = request.granted() == null ? "" : "granted " + amount(request, Objects.requireNonNull(request.granted())) + " · ";
        return granted + request.projectName() + " · " + (request.words() == null ? request.reason() : request.words());
    }

    private static String amount(LimitRequestView request, BigInteger amount) {
        return Limits.amount(request.meter(), amount);
    }

    /** @param currency of the tenant, for amounts of money */
    Confirmation dialog(LimitRequestView request, String currency, Address address) {
        BigInteger present = request.present();
        var amount = new AmountField("Allow", request.meter(), currency).with(request.amount());
        var words = Fields.area("Words", "for whoever asked, and the audit trail; needed to reject", LONGEST_WORDS);
        var dialog = new Confirmation("More " + request.title() + "?", facts(request, address), amount, words);
        if (present == null) {
            amount.setEnabled(false);
            amount.setHelperText("The limit is gone, or allows any amount.");
        }
        var reject = Action.danger("Reject", () -> {
            if (Fields.check(words, words.getValue().isBlank() ? "Say why, in a sentence." : "")) {
                dialog.attempt(() -> {
                    requests.reject(request.tenant(), request.id(), new LimitRejection(words.getValue().strip()));
                    done("It is rejected.");
                });
            }
        });
        dialog.getFooter().add(Action.of("Leave it", dialog::close), reject);
        if (present != null) {
            dialog.getFooter().add(Action.primary("Grant", () -> {
                BigInteger granted = amount.exact();
                if (amount.says(problem(request, present, granted))) {
                    dialog.attempt(() -> {
                        requests.approve(
                                request.tenant(), request.id(),
                                new LimitApproval(present, Objects.requireNonNull(granted), words.getValue().isBlank() ? null : words.getValue().strip()));
                        done("The limit allows " + amount(request, Objects.requireNonNull(granted)) + " now.");
                    });
                }
            }));
        }
        return dialog;
    }

    private static String problem(LimitRequestView request, BigInteger present, @Nullable BigInteger granted) {
        boolean fits = granted != null && granted.compareTo(present) > 0 && granted.compareTo(request.amount()) <= 0;
        return fits ? "" : "More than " + amount(request, present) + ", and at most the " + amount(request, request.amount()) + " that was asked for.";
    }

    private static Facts facts(LimitRequestView request, Address address) {
        BigInteger present = request.present();
        Facts facts = new Facts().fact("Asked by", request.askedBy() + ", " + request.projectName()).fact("For", request.reason());
        if (present != null) {
            facts.fact("Allows now", amount(request, present) + (present.equals(request.before()) ? "" : " (" + amount(request, request.before()) + " when it was asked for)"));
        }
        facts.fact("Asked for", amount(request, request.amount()));
        if (request.call() != null) {
            facts.fact("Refused call", new Link(request.call().toString(), address.to(Destination.Paths.REFUSALS).with("call", request.call().toString())));
        }
        return facts;
    }

    private void done(String sentence) {
        Toast.done(sentence);
        whenDecided.run();
    }
}
