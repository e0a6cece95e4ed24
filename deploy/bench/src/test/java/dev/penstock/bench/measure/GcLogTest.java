package dev.penstock.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GcLogTest {

    private static final GcLog LOG = GcLog.of(List.of(
            "[0.004s] Using Serial",
            "[10.000s] GC(0) Pause Young (Allocation Failure) 136M->16M(494M) 8.500ms",
            "[11.500s] GC(1) Pause Young (Allocation Failure) 152M->18M(494M) 3.250ms",
            "[12.000s] GC(2) Pause Full (Heap Inspection Initiated GC) 88M->12M(494M) 60.000ms"));

    @Test
    void pausesAreReadAndWhatIsBetweenThemWasAllocated() {
        assertThat(LOG.pauses()).hasSize(3).first().isEqualTo(new GcLog.Pause(10, "Young (Allocation Failure)", 136L << 20, 16L << 20, 8.5));
        assertThat(LOG.allocatedPerSecond()).isEqualTo(((152 - 16) + (88 - 18)) * (1 << 20) / 2.0);
    }

    @Test
    void aPauseThatLookingAtTheHeapCausedIsNoneOfTheProgram() {
        assertThat(LOG.millis()).containsExactly(3.25, 8.5);
    }

    @Test
    void aLaterReadingIsToldFromAnEarlierOne() {
        GcLog earlier = new GcLog(LOG.pauses().subList(0, 2));
        assertThat(LOG.since(earlier).pauses()).containsExactly(LOG.pauses().getLast());
        assertThat(LOG.since(earlier).allocatedPerSecond()).isNaN();
    }
}
