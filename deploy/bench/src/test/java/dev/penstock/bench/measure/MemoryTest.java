package dev.penstock.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class MemoryTest {

    private static final long MEBIBYTE = 1024 * 1024;

    @Test
    void whatAProcessTouchesIsResident() {
        long self = ProcessHandle.current().pid();
        long before = Memory.resident(self);
        try (Arena arena = Arena.ofConfined()) {
            arena.allocate(128 * MEBIBYTE).fill((byte) 1);
            assertThat(Memory.resident(self) - before).isGreaterThan(64 * MEBIBYTE);
        }
    }

    @Test
    void aProcessThatHasEndedIsNamed() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        assertThatThrownBy(() -> Memory.resident(process.pid())).hasMessage("process " + process.pid() + " has ended");
    }
}
