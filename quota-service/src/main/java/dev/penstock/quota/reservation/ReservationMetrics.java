package dev.penstock.quota.reservation;

import dev.penstock.contract.quota.Meter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What an operator watches. No ids among the tags: who it was stands in the trail. */
@Component
class ReservationMetrics {

    private final MeterRegistry registry;

    ReservationMetrics(MeterRegistry registry) {
        this.registry = registry;
        begin();
    }

    /** There from the start, at nothing: what appears with its first event has no increase then. */
    private void begin() {
        List.of("reserved", "grown", "repeated", "released").forEach(what -> reservation(what, 0));
        booked(0);
        for (Rule.Level level : Rule.Level.values()) {
            refused(Meter.SLICES, level, 0);
            refused(Meter.GPU_TIME, level, 0);
            beyond(level, 0);
        }
    }

    void reserved() {
        reservation("reserved");
    }

    void grown() {
        reservation("grown");
    }

    void repeated() {
        reservation("repeated");
    }

    void released() {
        reservation("released");
    }

    void refused(Meter meter, Rule.Level level) {
        refused(meter, level, 1);
    }

    private void refused(Meter meter, Rule.Level level, long times) {
        Counter.builder("penstock.quota.refusals")
                .description("Reservations refused by a limit")
                .tag("meter", meter.name().toLowerCase(Locale.ROOT))
                .tag("level", level.word())
                .register(registry)
                .increment(times);
    }

    void booked(long partSeconds) {
        Counter.builder("penstock.quota.booked")
                .description("Slice time booked, in 1/840 GPU-seconds")
                .register(registry)
                .increment(partSeconds);
    }

    /** More than nothing means that slices were held longer than their leases, or became ready later than allowed for. */
    void beyond(Rule.Level level, long partSeconds) {
        Counter.builder("penstock.quota.beyond")
                .description("Slice time booked beyond what was set aside for it, in 1/840 GPU-seconds")
                .tag("level", level.word())
                .register(registry)
                .increment(partSeconds);
    }

    private void reservation(String what) {
        reservation(what, 1);
    }

    private void reservation(String what, long times) {
        Counter.builder("penstock.quota.reservations")
                .description("Reservations by what became of them; reserved less released is what is held")
                .tag("result", what)
                .register(registry)
                .increment(times);
    }
}
