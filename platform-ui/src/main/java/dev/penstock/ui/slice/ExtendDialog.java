package dev.penstock.ui.slice;

import dev.penstock.contract.platform.LeaseSpec;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Choices;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Toast;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Makes the lease longer by a few hours; the service is told the whole lease, so that repeating extends once. */
final class ExtendDialog {

    private static final List<Long> HOURS = List.of(2L, 8L, 24L);

    private final SliceView slice;
    private final Markup outcome = Markup.of("div", "");
    private final Confirmation confirmation;
    private long hours = 8;

    ExtendDialog(SliceDetail detail, Consumer<LeaseSpec> extend) {
        this.slice = detail.slice();
        long most = detail.longestLeaseSeconds();
        var choices = new Choices<Long>("Longer by", "extend-by", chosen -> {
            hours = chosen;
            show();
        });
        HOURS.forEach(each -> choices.choice(each, each + " h", lease(each) > most ? "longer than policy allows" : null));
        choices.mark(hours);
        choices.addClassName("three");
        confirmation = new Confirmation("Extend " + slice.name(), choices, outcome);
        var confirm = Action.primary("Extend", () -> confirmation.attempt(() -> {
            extend.accept(new LeaseSpec(lease(hours)));
            Toast.done("Slice " + slice.name() + " runs until " + PersonTime.dayAndTime(end()) + ".");
        }));
        confirmation.buttons("Leave it", confirm);
        show();
    }

    Confirmation confirmation() {
        return confirmation;
    }

    private long lease(long longerHours) {
        return slice.leaseSeconds() + longerHours * 3600;
    }

    private Instant end() {
        return Objects.requireNonNull(slice.leaseEndsAt()).plusSeconds(hours * 3600);
    }

    private void show() {
        outcome.removeAll();
        outcome.add(new Facts()
                .fact("It ends", PersonTime.exact(end()))
                .fact("Whole lease", Quantities.duration(Duration.ofSeconds(lease(hours))))
                .fact("Set aside", Quantities.count(hours) + " h more of " + slice.profile()));
    }
}
