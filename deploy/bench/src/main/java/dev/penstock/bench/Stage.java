package dev.penstock.bench;

import dev.penstock.bench.subject.JvmOptions;
import dev.penstock.bench.subject.Penstock;
import dev.penstock.bench.subject.Run;
import dev.penstock.bench.subject.Subject;
import dev.penstock.bench.subject.UpstreamProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every benchmark stands on.
 *
 * @param home the checkout with what was built
 * @param results where figures are written down
 */
record Stage(Run run, Path home, Path results, Options options, Clock clock, Supplier<UUID> ids, PrintStream out) {

    void say(String line, Object... values) {
        out.printf(Locale.ROOT, line + "%n", values);
    }

    JvmOptions jvm() {
        return JvmOptions.with(options.jvm());
    }

    /** @param needed settings of quota-service without which the benchmark measures something else */
    Penstock penstock(List<String> needed) {
        List<String> settings = new ArrayList<>(needed);
        settings.addAll(options.settings());
        Penstock penstock = Penstock.start(run, home, jvm(), settings);
        say("quota-service: java %s%s", jvm(), settings.isEmpty() ? "" : ", " + String.join(", ", settings));
        say("durability: %s", penstock.durability());
        return penstock;
    }

    /** With everything on, and recorded if that was asked for. */
    Subject full(Penstock penstock, UpstreamProcess upstream) {
        return full(penstock, upstream, List.of());
    }

    /** @param further options of its JVM */
    Subject full(Penstock penstock, UpstreamProcess upstream, List<String> further) {
        List<String> own = new ArrayList<>(recording());
        own.addAll(further);
        return penstock.full(upstream, own, ids);
    }

    /** Samples by the CPU that is used, also below Java. */
    private List<String> recording() {
        if (!options.profile()) {
            return List.of();
        }
        Path file = run.logs().resolve("quota-service.jfr");
        say("It is recorded, which costs something: %s", file);
        return List.of("-XX:StartFlightRecording=jdk.CPUTimeSample#enabled=true,settings=profile,dumponexit=true,filename=" + file);
    }

    /** When, on what machine, and what was asked for; figures follow. */
    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("date", clock.instant().toString());
        report.put("machine", Machine.read());
        return report;
    }

    void write(String name, Map<String, Object> report) throws IOException {
        Path file = results.resolve(name + ".json");
        Files.writeString(file, JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(report) + "\n");
        say("%nWritten: %s; the logs are in %s", file, run.logs());
    }
}
