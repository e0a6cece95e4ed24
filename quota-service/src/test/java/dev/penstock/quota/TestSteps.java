package dev.penstock.quota;

import dev.penstock.quota.journal.Step;
import dev.penstock.quota.journal.Steps;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stops the program at a step, once, on the thread that asked for it. */
public final class TestSteps implements Steps {

    private record Trap(Step step, Supplier<? extends Throwable> thrown) {}

    private final ThreadLocal<@Nullable Trap> trap = new ThreadLocal<>();

    /** The next time this thread comes to the step, it dies of this. */
    public void die(Step step, Supplier<? extends Throwable> thrown) {
        trap.set(new Trap(step, thrown));
    }

    public boolean isSet() {
        return trap.get() != null;
    }

    @Override
    public void at(Step step) {
        Trap set = trap.get();
        if (set != null && set.step() == step) {
            trap.remove();
            TestSteps.<RuntimeException>sneak(set.thrown().get());
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
