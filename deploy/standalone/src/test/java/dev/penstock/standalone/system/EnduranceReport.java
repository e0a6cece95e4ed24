package dev.penstock.standalone.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened minute by minute, as a table for people. */
final class EnduranceReport {

    private static final Path FILE = Path.of("target", "endurance.md");

    private final List<Replica> replicas;
    private final List<String> lines = new ArrayList<>();

    EnduranceReport(List<Replica> replicas) {
        this.replicas = replicas;
        lines.add("| minute | what happened | calls so far | answered | broken off | 429 | 503 | "
                + replicas.stream().map(replica -> replica + ": resident, live heap in MB").collect(Collectors.joining(" | ")) + " |");
        lines.add("|---".repeat(7 + replicas.size()) + "|");
    }

    void add(int minute, String happened, List<RawCall> seen, List<RawCall> more) {
        List<RawCall> all = Stream.concat(seen.stream(), more.stream()).toList();
        String line = "| %d | %s | %d | %d | %d | %d | %d | %s |".formatted(
                minute, happened, all.size(), all.stream().filter(call -> call.whole() && call.status() == 200).count(), all.stream().filter(call -> !call.whole()).count(),
                count(all, 429), count(all, 503),
                replicas.stream().map(replica -> replica.residentMegabytes() + ", " + replica.liveHeapMegabytes()).collect(Collectors.joining(" | ")));
        lines.add(line);
        System.out.println(line);
    }

    void write(String outcome) throws IOException {
        lines.add("");
        lines.add("Admission mode: " + AdmissionMode.word() + ". " + outcome + ".");
        Files.createDirectories(FILE.getParent());
        Files.write(FILE, lines);
        System.out.println(lines.getLast());
    }

    private static long count(List<RawCall> calls, int status) {
        return calls.stream().filter(call -> call.status() == status).count();
    }
}
