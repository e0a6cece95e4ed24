package dev.penstock.ui.refusals;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.LimitRequestId;
import dev.penstock.contract.quota.LimitRequestSpec;
import dev.penstock.contract.quota.LimitRequestView;
import dev.penstock.contract.quota.LimitRequestsApi;
import dev.penstock.contract.quota.RefusalView;
import dev.penstock.contract.quota.RefusedBy;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.AmountField;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Toast;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** More of a limit than it allows: asked for with everything filled in, and what became of that. */
final class Asking {

    private static final int LONGEST_REASON = 500;
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.CEILING);

    private final LimitRequestsApi requests;
    private final NewIds ids;
    private final Clock clock;
    private final Runnable whenDone;

    Asking(LimitRequestsApi requests, NewIds ids, Clock clock, Runnable whenDone) {
        this.requests = requests;
        this.ids = ids;
        this.clock = clock;
        this.whenDone = whenDone;
    }

    /** What was used and what the call needs, and half as much again of what there is; in two digits, upwards. */
    static BigInteger suggested(RefusedBy rule) {
        BigInteger needed = rule.used().add(rule.asked());
        BigInteger half = rule.amount().add(rule.amount().shiftRight(1));
        BigInteger more = needed.max(half).max(rule.amount().add(BigInteger.ONE));
        return new BigDecimal(more).round(TWO_DIGITS).toBigIntegerExact();
    }

    Confirmation dialog(RefusalView refused, RefusedBy rule, String currency) {
        var id = new LimitRequestId(ids.next());
        var amount = new AmountField("Allow instead", rule.meter(), currency).with(suggested(rule));
        var reason = Fields.area("Reason", "for whoever decides, and the audit trail", LONGEST_REASON);
        var dialog = new Confirmation(
                "Ask for more?",
                new Facts()
                        .fact("Limit", Limits.name(rule.meter(), rule.window(), rule.models()))
                        .fact("Whose", "the " + rule.level() + " " + rule.owner())
                        .fact("Allows", Limits.amount(rule.meter(), rule.amount()))
                        .fact("Was used or set aside", Limits.amount(rule.meter(), rule.used()))
                        .fact("The call could have used", Limits.amount(rule.meter(), rule.asked()))
                        .code("Call", refused.call().toString()),
                amount, reason, Markup.text("p", "hint", "An administrator decides. Once it is granted the limit allows it at once."));
        return dialog.buttons("Leave it", Action.primary("Ask", () -> {
            BigInteger wanted = amount.exact();
            boolean enough = amount.says(wanted == null || wanted.compareTo(rule.amount()) <= 0 ? "More than " + Limits.amount(rule.meter(), rule.amount()) + "." : "");
            if (Fields.check(reason, reason.getValue().isBlank() ? "Say what for." : "") & enough) {
                dialog.attempt(() -> {
                    requests.submit(
                            refused.tenant(), id, new LimitRequestSpec(rule.limit(), refused.project(), Objects.requireNonNull(wanted), reason.getValue().strip(), refused.call()));
                    Toast.done("Administrators are asked for more.");
                    whenDone.run();
                });
            }
        }));
    }

    /** A button to ask with; or what was asked of that limit, while it waits. */
    static Component button(List<LimitRequestView> asked, RefusedBy rule, Address address, String parameter) {
        return asked.stream()
                .filter(request -> request.mayWithdraw() && request.limit().equals(rule.limit()))
                .findFirst()
                .<Component>map(request -> Markup.text("p", "hint", "You asked for " + Limits.amount(request.meter(), request.amount()) + "; it waits for an administrator."))
                .orElseGet(() -> Markup.of("div", "row", Link.button("Ask for more", address.with(Address.DO, parameter))));
    }

    /** What members of a project asked for. */
    Panel list(List<LimitRequestView> asked) {
        var table = new Table<LimitRequestView>("Requests for more", "")
                .column("State", request -> Badge.bare(Badge.tone(request.state()), Badge.word(request.state())))
                .column("Limit", request -> Markup.of("span", "", Markup.text("span", "", request.title()), Markup.text("span", "sub wraps", words(request))))
                .column("Allowed", "num minor", request -> Markup.text("span", "num", Limits.amount(request.meter(), request.before())))
                .number("Asked for", request -> Markup.text("span", "num", Limits.amount(request.meter(), request.amount())))
                .column("Asked by", "minor", request -> Cells.text(request.askedBy()))
                .column("When", "num minor", request -> Moment.ago(Objects.requireNonNullElse(request.decidedAt(), request.askedAt()), clock.instant()))
                .untitled("Withdraw", "num", this::withdrawal);
        table.show(asked);
        return new Panel("Asked for more").hint(Quantities.count(asked.size())).wide(table);
    }

    private static String words(LimitRequestView request) {
        String words = request.words();
        return request.granted() != null
                ? "granted " + Limits.amount(request.meter(), Objects.requireNonNull(request.granted())) + " by " + request.decidedBy() + (words == null ? "" : ": " + words)
                : words != null ? request.decidedBy() + ": " + words : request.reason();
    }

    private Component withdrawal(LimitRequestView request) {
        return request.mayWithdraw()
                ? Action.of("Withdraw", () -> Action.attempt(() -> {
                    requests.withdraw(request.tenant(), request.id());
                    Toast.done("It is withdrawn.");
                    whenDone.run();
                })).css("small")
                : Markup.plain("");
    }
}
