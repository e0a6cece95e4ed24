package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.admission.Admission;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Ends calls whose slot of a limit on concurrency others are about to take: two would hold it. */
final class Slots {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Live live;
    private final Admission admission;

    Slots(Vertx vertx, Live live, Admission admission) {
        this.vertx = vertx;
        this.live = live;
        this.admission = admission;
    }

    /** From now on, until Vert.x is closed. */
    void watch() {
        vertx.setPeriodic(EVERY.toMillis(), rung -> live.forwarded().filter(call -> holdsSlot(call.admitted()) && !admission.mayGoOn(call.admitted().ask()))
                .forEach(EngineCall::giveUpSlot));
    }

    private static boolean holdsSlot(Stage.Admitted admitted) {
        return admitted.verdict().rooms().stream().anyMatch(room -> room.meter() == Meter.CONCURRENCY);
    }
}
