package dev.penstock.ui.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ui.fakes.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Scenario clock = new Scenario();
    private final List<Runnable> later = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Pace pace = new Pace(Duration.ofSeconds(2), clock, (delay, work) -> {
        delays.add(delay);
        later.add(work);
    });

    @Test
    void theFirstIsDoneAtOnceAndTheRestTogetherWhenTheTimeHasPassed() {
        pace.want(() -> done.add("first"));
        clock.passes(Duration.ofMillis(500));
        pace.want(() -> done.add("second"));
        pace.want(() -> done.add("third"));

        assertThat(done).containsExactly("first");
        assertThat(delays).containsExactly(Duration.ofMillis(1500));

        clock.passes(Duration.ofMillis(1500));
        later.getFirst().run();
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void afterAPauseNothingWaits() {
        pace.want(() -> done.add("first"));
        clock.passes(Duration.ofSeconds(2));
        pace.want(() -> done.add("second"));

        assertThat(done).containsExactly("first", "second");
        assertThat(later).isEmpty();
    }
}
