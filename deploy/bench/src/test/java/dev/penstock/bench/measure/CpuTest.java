package dev.penstock.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CpuTest {

    private static final String BURN = "while :; do :; done";
    private static final Duration ENOUGH = Duration.ofMillis(200);
    private static final Duration ROUNDING = Duration.ofMillis(40);

    private Process process;

    @AfterEach
    void stop() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void aProcessThatBurnsIsSeenAndNeverWithMoreThanTheTimeThatPassed() throws Exception {
        long started = System.nanoTime();
        run(BURN);
        Duration used = whenEnoughWasUsed();
        assertThat(used).isLessThan(Duration.ofNanos(System.nanoTime() - started).plus(ROUNDING));
    }

    @Test
    void whatIsBelowAProcessCountsWithItAlsoWhenItHasEnded() throws Exception {
        run("sh -c '" + BURN + "' & wait; read line");
        Duration used = whenEnoughWasUsed();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        while (process.descendants().findAny().isPresent()) {
            process.waitFor(1, TimeUnit.MILLISECONDS);
        }
        assertThat(Cpu.of(process.pid()).used()).isGreaterThanOrEqualTo(used);
    }

    @Test
    void whatWaitsUsesNothing() throws Exception {
        run("read line");
        process.waitFor(100, TimeUnit.MILLISECONDS);
        assertThat(Cpu.of(process.pid()).used()).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void aProcessThatHasEndedIsNamed() throws Exception {
        run("true");
        process.waitFor();
        assertThatThrownBy(() -> Cpu.of(process.pid()).used()).hasMessage("process " + process.pid() + " has ended");
    }

    private void run(String script) throws IOException {
        process = new ProcessBuilder("sh", "-c", script).start();
    }

    private Duration whenEnoughWasUsed() throws InterruptedException {
        Cpu cpu = Cpu.of(process.pid());
        Duration used = cpu.used();
        while (used.compareTo(ENOUGH) < 0) {
            assertThat(process.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
            used = cpu.used();
        }
        return used;
    }
}
