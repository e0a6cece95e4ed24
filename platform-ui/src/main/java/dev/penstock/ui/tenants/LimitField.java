package dev.penstock.ui.tenants;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.ui.base.AmountField;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.LimitKind;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One limit as it is being edited: its amount in people's units, its soft mark, and what happens beyond it. */
final class LimitField extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    /** What happens when the amount is used up. */
    enum Beyond {
        REFUSES("Refuse more"),
        WARNS("Only warn"),
        UNLIMITED("Unlimited");

        private final String words;

        Beyond(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        static Beyond of(@Nullable LimitView limit) {
            if (limit == null) {
                return REFUSES;
            }
            return limit.amount() == null ? UNLIMITED : limit.hard() ? REFUSES : WARNS;
        }
    }

    private final transient @Nullable LimitView present;
    private final transient LimitId id;
    private final transient LimitKind kind;
    private final AmountField amount;
    private final IntegerField soft = Fields.number("Soft mark", "%", 1, 100);
    private final Select<Beyond> beyond = Fields.select("When it is used up", List.of(Beyond.values()), Beyond::words);
    private final @Nullable BigDecimal amountBefore;
    private final @Nullable Integer softBefore;

    LimitField(LimitView present, String currency) {
        this(present, present.id(), LimitKind.of(present), currency);
    }

    /** A limit that does not exist yet. */
    static LimitField none(LimitKind kind, String currency, NewIds ids) {
        return new LimitField(null, new LimitId(ids.next()), kind, currency);
    }

    private LimitField(@Nullable LimitView present, LimitId id, LimitKind kind, String currency) {
        super("div");
        this.present = present;
        this.id = id;
        this.kind = kind;
        addClassName("limitfield");
        amount = new AmountField(kind.title(), kind.meter(), currency);
        if (present != null) {
            amount.setHelperText(Limits.amount(present, present.taken()) + " used or set aside");
        }
        BigInteger exact = present == null ? null : present.amount();
        amountBefore = exact == null ? null : kind.unit().written(exact);
        softBefore = present == null ? null : present.softPercent();
        amount.setValue(amountBefore);
        soft.setValue(softBefore);
        beyond.setValue(Beyond.of(present));
        beyond.addValueChangeListener(change -> enable());
        enable();
        add(amount);
        if (present != null && exact != null) {
            add(use(present, exact));
        }
        add(Markup.of("div", "cols", beyond, soft).style("--cols", "minmax(0,1fr) 100px").style("gap", "12px"));
    }

    /** With its marks, and whether people were told. */
    private static Component use(LimitView present, BigInteger exact) {
        var use = Markup.of("div", "limit", Limits.gauge(present, exact));
        String warned = Limits.warned(present);
        return warned.isEmpty() ? use : use.with(Markup.text("span", "hint is-warn", warned));
    }

    /** An unlimited amount has no number and no share of it. */
    private void enable() {
        boolean limited = beyond.getValue() != Beyond.UNLIMITED;
        amount.setEnabled(limited);
        soft.setEnabled(limited);
    }

    void whenChanged(Runnable action) {
        amount.addValueChangeListener(change -> action.run());
        soft.addValueChangeListener(change -> action.run());
        beyond.addValueChangeListener(change -> action.run());
    }

    LimitId id() {
        return id;
    }

    LimitKind kind() {
        return kind;
    }

    boolean isChanged() {
        return isAmountChanged() || !Objects.equals(soft.getValue(), softBefore) || beyond.getValue() != Beyond.of(present);
    }

    boolean isRemoved() {
        return present != null && isWithoutAmount();
    }

    boolean isWrong() {
        return amount.isInvalid() || soft.isInvalid();
    }

    /** A new one that nothing was written into. */
    boolean isEmpty() {
        return present == null && isWithoutAmount();
    }

    private boolean isWithoutAmount() {
        return amount.getValue() == null && beyond.getValue() != Beyond.UNLIMITED;
    }

    /** What lowering it means now; null when nothing. */
    @Nullable String consequence() {
        LimitView limit = present;
        BigDecimal now = amount.getValue();
        if (limit == null || now == null || isWrong() || beyond.getValue() != Beyond.REFUSES || kind.unit().exactly(now).compareTo(limit.taken()) >= 0) {
            return null;
        }
        return "Below what is used: the next " + kind.counted() + " that counts " + Limits.name(limit) + " is refused";
    }

    LimitSpec spec(@Nullable ProjectId project, @Nullable KeyId key, @Nullable String person, @Nullable String reason) {
        BigDecimal now = beyond.getValue() == Beyond.UNLIMITED ? null : amount.getValue();
        // What was not touched keeps its exact amount, also where it is no whole number of people's units.
        BigInteger units = present != null && now != null && !isAmountChanged() ? present.amount() : now == null ? null : kind.unit().exactly(now);
        return new LimitSpec(
                project, key, person, kind.meter(), kind.profile(), kind.models(), kind.window(), units, beyond.getValue() != Beyond.WARNS, soft.getValue(), reason);
    }

    /** 480 and 480.00 are the same amount. */
    private boolean isAmountChanged() {
        BigDecimal now = amount.getValue();
        BigDecimal before = amountBefore;
        return now == null || before == null ? now != before : now.compareTo(before) != 0;
    }
}
