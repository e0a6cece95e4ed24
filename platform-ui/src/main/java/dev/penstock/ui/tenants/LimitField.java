package dev.penstock.ui.tenants;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One limit as it is being edited: its amount in people's units, and its soft mark. */
final class LimitField extends HtmlContainer {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 1_000_000;

    private final transient @Nullable LimitView present;
    private final transient LimitId id;
    private final Meter meter;
    private final @Nullable String profile;
    private final IntegerField amount;
    private final IntegerField soft = Fields.number("Soft mark", "%", 1, 100);
    private final @Nullable Integer amountBefore;
    private final @Nullable Integer softBefore;

    LimitField(LimitView present) {
        this(present, present.id(), present.meter(), present.profile());
    }

    /** A limit that does not exist yet. */
    static LimitField none(Meter meter, @Nullable String profile, NewIds ids) {
        return new LimitField(null, new LimitId(ids.next()), meter, profile);
    }

    private LimitField(@Nullable LimitView present, LimitId id, Meter meter, @Nullable String profile) {
        super("div");
        this.present = present;
        this.id = id;
        this.meter = meter;
        this.profile = profile;
        addClassName("limitfield");
        amount = switch (meter) {
            case GPU_TIME -> Fields.number("GPU-hours a month", "GPU-h", 0, MOST);
            case SLICES -> Fields.number("Slices of " + profile, "", 0, MOST);
            case REQUESTS, TOKENS_INPUT, TOKENS_OUTPUT, TOKENS, MONEY, CONCURRENCY -> throw new IllegalArgumentException("not edited here: " + meter);
        };
        if (present != null) {
            amount.setHelperText(Limits.amount(present, present.taken()) + " used or set aside");
        }
        amountBefore = present == null ? null : shown(present.amount());
        softBefore = present == null ? null : present.softPercent();
        amount.setValue(amountBefore);
        soft.setValue(softBefore);
        add(Markup.of("div", "cols", amount, soft).style("--cols", "minmax(0,1fr) 100px").style("gap", "12px"));
    }

    void whenChanged(Runnable action) {
        amount.addValueChangeListener(change -> action.run());
        soft.addValueChangeListener(change -> action.run());
    }

    LimitId id() {
        return id;
    }

    @Nullable String profile() {
        return profile;
    }

    boolean isChanged() {
        return !Objects.equals(amount.getValue(), amountBefore) || !Objects.equals(soft.getValue(), softBefore);
    }

    boolean isRemoved() {
        return present != null && amount.getValue() == null;
    }

    boolean isWrong() {
        return amount.isInvalid() || soft.isInvalid();
    }

    /** What lowering it means now; null when nothing. */
    @Nullable String consequence() {
        LimitView limit = present;
        Integer now = amount.getValue();
        if (limit == null || now == null || inUnits(now).compareTo(limit.taken()) >= 0) {
            return null;
        }
        return "Below what is used: the next slice that counts " + Limits.name(limit) + " is refused";
    }

    LimitSpec spec(@Nullable ProjectId project, @Nullable String reason) {
        Integer now = amount.getValue();
        // What was not touched keeps its exact amount, also where it is no whole number of hours.
        BigInteger units = present != null && Objects.equals(now, amountBefore) ? present.amount() : now == null ? null : inUnits(now);
        return new LimitSpec(project, null, meter, profile, meter == Meter.GPU_TIME ? Window.MONTH : Window.NOW, units, soft.getValue(), reason);
    }

    private BigInteger inUnits(int shown) {
        return BigInteger.valueOf(meter == Meter.GPU_TIME ? GpuTime.ofGpuHours(shown).partSeconds() : shown);
    }

    private @Nullable Integer shown(@Nullable BigInteger units) {
        if (units == null) {
            return null;
        }
        BigInteger people = meter == Meter.GPU_TIME ? units.divide(BigInteger.valueOf(GpuTime.PART_SECONDS_PER_GPU_HOUR)) : units;
        return people.min(BigInteger.valueOf(MOST)).intValue();
    }
}
