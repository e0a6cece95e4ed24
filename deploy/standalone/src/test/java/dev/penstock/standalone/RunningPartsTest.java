package dev.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.standalone.machine.StartFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunningPartsTest {

    private final List<Part> stopped = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final RunningParts running = new RunningParts();

    @Test
    void theProgramsStopBeforeWhatTheyStandOnInWhateverOrderTheyStarted() {
        for (Part part : List.of(Part.LOGIN, Part.PLATFORM_UI, Part.POSTGRES, Part.PLATFORM_BACKEND, Part.CLUSTER, Part.QUOTA_SERVICE)) {
            running.add(part, () -> stopped.add(part));
        }
        stop();
        assertThat(stopped).containsExactly(
                Part.PLATFORM_UI, Part.PLATFORM_BACKEND, Part.QUOTA_SERVICE, Part.CLUSTER, Part.LOGIN, Part.POSTGRES);
    }

    @Test
    void oneThatFailsToStopDoesNotKeepTheOthersRunning() {
        running.add(Part.POSTGRES, () -> stopped.add(Part.POSTGRES));
        running.add(Part.PLATFORM_UI, () -> {
            throw new IllegalStateException("stuck");
        });
        stop();
        assertThat(stopped).containsExactly(Part.POSTGRES);
        assertThat(failures).containsExactly("PLATFORM_UI: stuck");
    }

    @Test
    void whatStartsAfterTheStopIsStoppedAtOnceAndEndsTheStart() {
        stop();
        assertThatThrownBy(() -> running.add(Part.LOGIN, () -> stopped.add(Part.LOGIN))).isInstanceOf(StartFailure.class);
        assertThat(stopped).containsExactly(Part.LOGIN);
    }

    @Test
    void stoppingTwiceStopsOnce() {
        running.add(Part.LOGIN, () -> stopped.add(Part.LOGIN));
        stop();
        stop();
        assertThat(stopped).containsExactly(Part.LOGIN);
    }

    @Test
    void whoeverStopsSecondWaitsForTheFirst() throws InterruptedException {
        CountDownLatch inClose = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        running.add(Part.LOGIN, () -> {
            inClose.countDown();
            goOn.await();
            stopped.add(Part.LOGIN);
        });
        Thread first = Thread.startVirtualThread(this::stop);
        inClose.await();
        List<Part> seenBySecond = new ArrayList<>();
        Thread second = Thread.startVirtualThread(() -> {
            stop();
            seenBySecond.addAll(stopped);
        });
        goOn.countDown();
        first.join();
        second.join();
        assertThat(seenBySecond).containsExactly(Part.LOGIN);
    }

    private void stop() {
        running.stop((part, why) -> failures.add(part + ": " + why.getMessage()));
    }
}
