package dev.penstock.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code deploy/observability} and the table of metrics name is there from the start, before anything has happened. */
class ObservabilityTest {

    private static final RunningService SERVICE = RunningService.get();
    private static final Path FOLDER = Path.of("../deploy/observability");
    private static final Path TABLE = Path.of("../docs/operations/metrics.md");
    private static final Path RUNBOOKS = Path.of("..");
    private static final Pattern NAME = Pattern.compile("penstock_[a-z_]+");

    private static Set<String> scraped() {
        String metrics = SERVICE.send(SERVICE.issuer().service("monitor", "metrics.read"), "GET", "/actuator/prometheus", null).is(200).text();
        return metrics.lines().filter(line -> !line.startsWith("#")).map(NAME::matcher).filter(Matcher::lookingAt).map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> named(String text) {
        return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theTableNamesEachMetricOnce() throws IOException {
        String[] tables = Files.readString(TABLE).split("\\| with the first event");
        List<String> fromTheStart = rows(tables[0]);
        List<String> withTheFirstEvent = rows(tables[1]);
        Set<String> there = scraped().stream().map(name -> name.replaceFirst("(_seconds)?_(count|sum|max|bucket)$", "$1")).collect(Collectors.toCollection(TreeSet::new));
        assertThat(there).containsAll(fromTheStart);
        assertThat(there).isSubsetOf(Stream.concat(fromTheStart.stream(), withTheFirstEvent.stream()).toList());
        assertThat(Stream.concat(fromTheStart.stream(), withTheFirstEvent.stream())).doesNotHaveDuplicates();
    }

    private static List<String> rows(String table) {
        return table.lines().filter(line -> line.startsWith("| `")).map(line -> line.substring(3, line.indexOf('`', 3)).replaceAll("\\{.*", "")).toList();
    }

    @Test
    void whatADashboardAsksForIsThere() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(FOLDER.resolve("grafana-gateway.json").toFile());
        assertThat(scraped()).containsAll(named(Files.readString(FOLDER.resolve("grafana-gateway.json"))));
        assertThat(dashboard.path("panels").valueStream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
        assertThat(dashboard.path("panels").valueStream()).allSatisfy(panel -> {
            assertThat(panel.path("title").asString()).isNotBlank();
            assertThat(panel.path("targets").valueStream().map(target -> target.path("expr").asString())).isNotEmpty().allMatch(expr -> NAME.matcher(expr).find());
        });
    }

    @Test
    void whatARuleWatchesIsThereAndSaysWhatToDo() throws IOException {
        String text = Files.readString(FOLDER.resolve("alerts.yaml"));
        assertThat(scraped()).containsAll(named(text));
        JsonNode rules = JsonMapper.shared().valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
        assertThat(rules.path("groups").valueStream().flatMap(group -> group.path("rules").valueStream())).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.path("alert").asString()).startsWith("Penstock");
            assertThat(rule.path("expr").asString()).matches(expr -> NAME.matcher(expr).find());
            assertThat(rule.path("for").asString()).matches("\\d+m");
            assertThat(rule.path("labels").path("severity").asString()).isIn("warning", "critical");
            assertThat(rule.path("annotations").path("summary").asString()).endsWith(".");
            assertThat(RUNBOOKS.resolve(rule.path("annotations").path("runbook").asString())).isRegularFile();
        });
    }

    @Test
    void noLabelNamesSomebody() {
        String metrics = SERVICE.send(SERVICE.issuer().service("monitor", "metrics.read"), "GET", "/actuator/prometheus", null).is(200).text();
        Set<String> labels = Stream.of(metrics.split("\n")).filter(line -> line.startsWith("penstock_")).flatMap(line -> Pattern.compile("[{,]([a-z_]+)=").matcher(line).results())
                .map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertThat(labels).isSubsetOf("answer", "cause", "kind", "le", "level", "meter", "operation", "reason", "result", "status", "step", "threshold", "verdict", "what", "window");
    }
}
