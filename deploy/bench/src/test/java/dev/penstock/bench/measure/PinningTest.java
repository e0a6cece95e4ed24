package dev.penstock.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class PinningTest {

    private static final String LABEL = "Cpus_allowed_list:";

    @Test
    void aProcessIsStartedOnOneCore() throws IOException {
        int core = anyCore();
        Process process = echoing(Pinning.to(core, List.of("cat")));
        assertThat(cores(process.pid())).isEqualTo(String.valueOf(core));
        process.destroyForcibly();
    }

    @Test
    void aRunningProcessIsMoved() throws IOException {
        int core = anyCore();
        Process process = echoing(List.of("cat"));
        Pinning.move(process.pid(), core);
        assertThat(cores(process.pid())).isEqualTo(String.valueOf(core));
        process.destroyForcibly();
    }

    @Test
    void aCoreThatIsNotThereIsSaid() {
        long self = ProcessHandle.current().pid();
        assertThatThrownBy(() -> Pinning.move(self, 100_000)).isInstanceOf(IOException.class).hasMessageContaining("cannot be moved to core 100000");
    }

    /** The first core that this process may use, which need not be core 0. */
    private static int anyCore() throws IOException {
        return Integer.parseInt(cores(ProcessHandle.current().pid()).split("[,-]")[0]);
    }

    private static String cores(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith(LABEL)).findFirst().orElseThrow().substring(LABEL.length()).strip();
    }

    /** Once it has echoed a line it is the program itself, and not taskset any more. */
    private static Process echoing(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        BufferedWriter writer = process.outputWriter();
        writer.write("ready\n");
        writer.flush();
        BufferedReader reader = process.inputReader();
        assertThat(reader.readLine()).isEqualTo("ready");
        return process;
    }
}
