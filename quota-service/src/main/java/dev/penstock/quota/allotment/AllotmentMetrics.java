package dev.penstock.quota.allotment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** What an operator watches. No ids among the tags. */
@Component
class AllotmentMetrics {

    private final MeterRegistry registry;
    /** Told for nearly every call, so it is not looked for each time. */
    private final Counter fromMemory;
    private final Timer turns;
    private final Counter turnedAway;
    private final Counter recallsAsked;
    private final Counter recallsAnswered;
    private final Counter returned;

    AllotmentMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.fromMemory = answers("memory");
        this.turns = Timer.builder("penstock.allotment.turns").description("How long callers waited for their turn to draw").register(registry);
        this.turnedAway = Counter.builder("penstock.allotment.turned.away").description("Callers that waited for their turn in vain, or found too many waiting").register(registry);
        this.recallsAsked = Counter.builder("penstock.allotment.recalls.asked").description("Refusals that wait for other replicas to return what is idle").register(registry);
        this.returned = Counter.builder("penstock.allotment.returned").description("Times that what was idle of a limit's period was returned").register(registry);
        this.recallsAnswered = Counter.builder("penstock.allotment.recalls.answered").description("Recalls of others that this replica answered").register(registry);
    }

    /** Where callers' shares came from. */
    void answered(Acquiring.Step step, boolean drew) {
        if (step instanceof Acquiring.Taken && !drew) {
            fromMemory.increment();
            return;
        }
        answers(switch (step) {
            case Acquiring.Taken taken -> "drawn";
            case Acquiring.Refused refused -> refused.remembered() ? "refused-remembered" : "refused";
            case Acquiring.Unavailable none -> "unavailable";
            default -> "again";
        }).increment();
    }

    private Counter answers(String answer) {
        return Counter.builder("penstock.allotment.answers")
                .description("How callers got their shares: from memory, by drawing, or not")
                .tag("answer", answer)
                .register(registry);
    }

    void drew(Drawing drawing) {
        if (drawing instanceof Drawing.Refused refused && refused.refusals().stream().anyMatch(Drawing.Refusal::awaited)) {
            recallsAsked.increment();
        }
    }

    void answeredRecalls(int recalls) {
        recallsAnswered.increment(recalls);
    }

    void returned(int pots) {
        returned.increment(pots);
    }

    void waited(long nanos) {
        turns.record(nanos, TimeUnit.NANOSECONDS);
    }

    void turnedAway() {
        turnedAway.increment();
    }

    /** What is held, as it stands when somebody looks. */
    void watch(Allotments allotments) {
        Gauge.builder("penstock.allotment.tenants", allotments, Allotments::tenants).description("Tenants of whose limits this replica may hold something").register(registry);
        Gauge.builder("penstock.allotment.waiting", allotments, Allotments::waiting).description("Callers that wait for their turn to draw").register(registry);
        Gauge.builder("penstock.allotment.contact.age", allotments, all -> all.oldestContact().toMillis())
                .description("Of the tenants with calls, the one whose rows have not been read for the longest").baseUnit("milliseconds").register(registry);
    }
}
