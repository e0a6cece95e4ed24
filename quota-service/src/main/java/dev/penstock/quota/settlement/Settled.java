package dev.penstock.quota.settlement;

import dev.penstock.quota.allotment.Used;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.journal.Payer;
import dev.penstock.quota.journal.Settlement;
import dev.penstock.quota.rating.TokenPrices;
import dev.penstock.quota.usage.UsageRow;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was promised to an attempt, its end and who pays what. Pure: whoever knows the three computes the same. */
record Settled(Intent intent, Settlement settlement, TokenPrices prices, Charge charge) {

    static Settled of(Intent intent, Settlement settlement, TokenPrices prices) {
        return new Settled(intent, settlement, prices, Charge.of(intent, settlement, prices));
    }

    Attempt attempt() {
        return intent.attempt();
    }

    String lossCause() {
        return settlement.payer() == Payer.CALLER ? Charge.BEYOND_BOUND : settlement.cause().word();
    }

    /** How much of each of its parts it used; the rest is free once the end is durable, and what is used is booked of the same parts. */
    List<Used> used() {
        return intent.parts().stream().map(part -> new Used(part.share(), charge.used(part.meter(), part.share().taken()))).toList();
    }

    UsageRow row() {
        return new UsageRow(
                intent.attempt().call(), intent.attempt().number(), intent.ts(), intent.project(), intent.key(), intent.person(), intent.endpoint(),
                intent.upstream(), intent.model(), intent.path(), intent.priceVersion(), settlement.status(), charge.estimated(), charge.paid(), charge.reasoning(),
                charge.cost(), millis(settlement.took()), millisOrNull(settlement.firstToken()));
    }

    private static @Nullable Integer millisOrNull(@Nullable Duration duration) {
        return duration == null ? null : (Integer) millis(duration);
    }

    private static int millis(Duration duration) {
        return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
    }
}
