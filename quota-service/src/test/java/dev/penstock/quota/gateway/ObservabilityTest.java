package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard and the alert rules that ship ask for nothing that quota-service does not tell: an alert on a name that is gone never comes. */
class ObservabilityTest {

    private static final Path FOLDER = Path.of("../deploy/observability");
    private static final Pattern NAME = Pattern.compile("\\bpenstock_\\w+");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern MATCHER = Pattern.compile("[{,]\\s*(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");

    /** Of every series, by who scrapes it; and of a histogram's. */
    private static final Set<String> ANYWHERE = Set.of("instance", "le");

    @Test
    void theDashboardAsksForWhatIsListed() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(FOLDER.resolve("gateway-dashboard.json")));
        assertThat(dashboard.path("panels").size()).isEqualTo(15);
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(panel.path("title").asString()).isNotBlank();
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").asString()).as(panel.path("title").asString()).isNotBlank();
            assertThat(panel.path("targets").size()).as(panel.path("title").asString()).isPositive();
            for (JsonNode target : panel.path("targets")) {
                isListed(target.path("expr").asString());
            }
        }
    }

    @Test
    void everyAlertAsksForWhatIsListedAndSaysWhatIsWrong() throws IOException {
        Set<Object> names = new HashSet<>();
        for (Map<?, ?> rule : rules()) {
            String name = text(rule, "alert");
            assertThat(names.add(name)).as(name + " once").isTrue();
            isListed(text(rule, "expr"));
            assertThat(text(rule, "for")).as(name).matches("\\d+m");
            assertThat(text((Map<?, ?>) rule.get("labels"), "severity")).as(name).isIn("page", "ticket");
            assertThat(text((Map<?, ?>) rule.get("annotations"), "summary")).as(name).endsWith(".");
        }
        assertThat(names).hasSize(13);
    }

    private static List<? extends Map<?, ?>> rules() throws IOException {
        Map<String, List<Map<String, List<Map<?, ?>>>>> file = new Yaml().load(Files.readString(FOLDER.resolve("alerts.yaml")));
        return file.getOrDefault("groups", List.of()).stream().flatMap(group -> group.getOrDefault("rules", List.of()).stream()).toList();
    }

    private static String text(Map<?, ?> map, String key) {
        assertThat(map.get(key)).as(key).isInstanceOf(String.class);
        return String.valueOf(map.get(key));
    }

    private static void isListed(String expression) throws IOException {
        Map<String, MetricTable.Listed> listed = MetricTable.read();
        List<String> names = NAME.matcher(expression).results().map(name -> MetricTable.family(name.group(), listed.keySet())).toList();
        assertThat(names).as(expression).isNotEmpty().allSatisfy(name -> assertThat(listed).containsKey(name));
        Set<String> labels = new HashSet<>(ANYWHERE);
        names.forEach(name -> labels.addAll(listed.getOrDefault(name, new MetricTable.Listed("", Set.of())).labels()));
        assertThat(asked(expression)).as(expression).allSatisfy(label -> assertThat(labels).contains(label));
    }

    private static List<String> asked(String expression) {
        return Stream.concat(
                        BY.matcher(expression).results().flatMap(by -> Stream.of(by.group(1).split(",\\s*"))),
                        MATCHER.matcher(expression).results().map(matcher -> matcher.group(1)))
                .toList();
    }
}
