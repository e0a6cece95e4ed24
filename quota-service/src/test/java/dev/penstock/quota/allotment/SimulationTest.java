package dev.penstock.quota.allotment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Replicas that crash, freeze, are cut off, lose their disk or their name, over a database that is away or whose answers are lost, while limits are
 * lowered, raised, removed and set again and callers hang up: one schedule per seed, in virtual time. {@code -Dpenstock.seed=} repeats one,
 * {@code -Dpenstock.schedules=} asks for more of them.
 */
@Timeout(600)
class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("penstock.schedules", 60);
    private static final long SEEDS_FOR_A_FLAW = 400;

    @Test
    void noLimitIsOverspentAndNothingIsLostWhateverDies(TestReporter reporter) {
        Long only = Long.getLong("penstock.seed");
        long begin = System.nanoTime();
        long events = 0;
        long admitted = 0;
        long refused = 0;
        for (long seed : only == null ? LongStream.rangeClosed(1, SCHEDULES).toArray() : new long[] {only}) {
            World world = new World(seed, Flaw.NONE);
            assertThat(catchThrowable(world::live)).as("-Dpenstock.seed=%d after %d ms", seed, world.time.now() / VirtualTime.MILLI).isNull();
            events += world.events;
            admitted += world.admitted;
            refused += world.refused;
        }
        long seconds = Math.max(1, (System.nanoTime() - begin) / 1_000_000_000);
        reporter.publishEntry("simulated", "%d schedules, %d events, %d admitted, %d refused; %d schedules a minute".formatted(
                only == null ? SCHEDULES : 1, events, admitted, refused, (only == null ? SCHEDULES : 1) * 60L / seconds));
        assertThat(only == null && (admitted < 20L * SCHEDULES || refused < 20L * SCHEDULES)).as("%d admitted, %d refused", admitted, refused).isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aBrokenRuleIsFoundAndReplayedFromItsSeed(Flaw flaw, TestReporter reporter) {
        for (long seed = flaw.from; seed < flaw.from + SEEDS_FOR_A_FLAW; seed++) {
            World world = new World(seed, flaw);
            Throwable found = catchThrowable(world::live);
            if (found != null) {
                assertThat(found).isExactlyInstanceOf(AssertionError.class);
                reporter.publishEntry(flaw.name(), "seed " + seed + " after " + world.time.now() / VirtualTime.MILLI + " ms: " + found.getMessage());
                World again = new World(seed, flaw);
                assertThat(catchThrowable(again::live)).hasMessage(found.getMessage());
                assertThat(again.time.now()).isEqualTo(world.time.now());
                assertThat(catchThrowable(new World(seed, Flaw.NONE)::live)).as("the same schedule with the rule kept").isNull();
                return;
            }
        }
        throw new AssertionError(flaw + " was not found in " + SEEDS_FOR_A_FLAW + " schedules");
    }
}
