package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.stop.Stop;
import dev.penstock.quota.stop.Stops;
import java.time.temporal.ChronoUnit;

/** Whether an administrator stopped such calls. Those under way are not asked again. */
final class Stopped {

    private static final String CODE = "calls_stopped";

    private final Stops stops;

    Stopped(Stops stops) {
        this.stops = stops;
    }

    /** @throws Refusal 403 */
    void require(Holder holder) {
        stops.of(holder.tenant()).ifPresent(stop -> {
            throw refusal("All calls of your tenant", stop);
        });
    }

    /**
     * For those who may call it: nobody else hears of it.
     *
     * @throws Refusal 403
     */
    void require(String model) {
        stops.of(model).ifPresent(stop -> {
            throw refusal("All calls of the model `" + model + "`", stop);
        });
    }

    /** Before another attempt of a call under way. */
    boolean isStopped(Holder holder) {
        return stops.of(holder.tenant()).isPresent();
    }

    /** Before another attempt of a call under way: it is not begun at a model that was stopped meanwhile. */
    boolean isStopped(String model) {
        return stops.of(model).isPresent();
    }

    private static Refusal refusal(String what, Stop stop) {
        return new Refusal(OpenAiError.outOfScope(CODE, what + " were stopped by an administrator at " + stop.madeAt().truncatedTo(ChronoUnit.SECONDS) + ": " + stop.reason()));
    }
}
