package dev.penstock.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CompilersTest {

    @Test
    void aJvmThatHasRunTestsHasCompiledAndUsedMoreThanThat() {
        long own = ProcessHandle.current().pid();
        Duration compiling = Compilers.of(own).used();
        assertThat(compiling).isPositive().isLessThan(Cpu.of(own).used());
    }

    @Test
    void otherProgramsHaveNone() throws IOException {
        Process process = new ProcessBuilder("sh", "-c", "read line").start();
        try {
            assertThat(Compilers.of(process.pid()).used()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aProcessThatHasEndedIsNamed() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        assertThatThrownBy(() -> Compilers.of(process.pid()).used()).hasMessage("process " + process.pid() + " has ended");
    }
}
