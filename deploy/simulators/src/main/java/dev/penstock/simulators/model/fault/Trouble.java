package dev.penstock.simulators.model.fault;

import dev.penstock.simulators.model.fault.ModelFault.Answer;
import dev.penstock.simulators.model.fault.ModelFault.BigEvent;
import dev.penstock.simulators.model.fault.ModelFault.Cut;
import dev.penstock.simulators.model.fault.ModelFault.ErrorEvent;
import dev.penstock.simulators.model.fault.ModelFault.Hang;
import dev.penstock.simulators.model.fault.ModelFault.InvalidJson;
import dev.penstock.simulators.model.fault.ModelFault.NoDone;
import dev.penstock.simulators.model.fault.ModelFault.OneByte;
import dev.penstock.simulators.model.fault.ModelFault.Slow;
import dev.penstock.simulators.model.fault.ModelFault.SplitUsage;
import dev.penstock.simulators.model.fault.ModelFault.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** All faults that strike one call. */
public record Trouble(List<ModelFault> faults) {

    /** None. */
    public static final Trouble NONE = new Trouble(List.of());

    public Trouble {
        faults = List.copyOf(faults);
    }

    public Optional<Answer> answer() {
        return first(Answer.class);
    }

    public Optional<UsageLie> usage() {
        return first(Usage.class).map(Usage::lie);
    }

    /** How much later the first token comes. */
    public Duration beforeFirst() {
        return total(Slow::first);
    }

    /** How much longer each token takes. */
    public Duration perToken() {
        return total(Slow::perToken);
    }

    public boolean cutsAt(int event) {
        return any(Cut.class, cut -> cut.event() == event);
    }

    public boolean hangsAt(int event) {
        return any(Hang.class, hang -> hang.event() == event);
    }

    public boolean failsAt(int event) {
        return any(ErrorEvent.class, error -> error.event() == event);
    }

    public boolean garblesAt(int event) {
        return any(InvalidJson.class, garbled -> garbled.event() == event);
    }

    /** Whether an answer in one piece is never said, cut, an error, or not JSON: the event does not count there. */
    public <T extends ModelFault> boolean has(Class<T> type) {
        return any(type, unused -> true);
    }

    public boolean withholdsDone() {
        return has(NoDone.class);
    }

    public boolean sendsByteByByte() {
        return has(OneByte.class);
    }

    public boolean splitsUsage() {
        return has(SplitUsage.class);
    }

    /** By how many bytes the first event is bigger. */
    public int padding() {
        return first(BigEvent.class).map(BigEvent::bytes).orElse(0);
    }

    private Duration total(Function<Slow, Duration> part) {
        return faults.stream().filter(Slow.class::isInstance).map(Slow.class::cast).map(part)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private <T extends ModelFault> boolean any(Class<T> type, Predicate<T> test) {
        return faults.stream().anyMatch(fault -> type.isInstance(fault) && test.test(type.cast(fault)));
    }

    private <T extends ModelFault> Optional<T> first(Class<T> type) {
        return faults.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
