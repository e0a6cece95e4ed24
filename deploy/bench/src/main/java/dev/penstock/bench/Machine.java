package dev.penstock.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** @param cores that the machine has, whatever this process may use of them */
record Machine(String cpu, long cores, String kernel, String java) {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    static Machine read() {
        List<String> lines = lines();
        String cpu = lines.stream().filter(line -> line.startsWith("model name")).map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst().orElse(System.getProperty("os.arch"));
        return new Machine(
                cpu, lines.stream().filter(line -> line.startsWith("processor")).count(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(CPUS);
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return "%s, %d cores, %s, %s".formatted(cpu, cores, kernel, java);
    }
}
