package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.fault.ModelFault;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/operations/metrics.md and what the running service says of itself are the same, to the label. */
class MetricNamesTest {

    private static final RunningService SERVICE = RunningService.get();

    private static final Set<String> OF_MODELS = Arrays.stream(Operation.values()).map(operation -> operation.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    private static final Pattern TYPE = Pattern.compile("^# TYPE (penstock_\\S+) (\\S+)$");
    private static final Pattern SAMPLE = Pattern.compile("^(penstock_\\w+?)(\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private static String before = "";
    private static String after = "";

    @BeforeAll
    static void callInEveryWay() {
        before = scrape();
        try (TestGateway gateway = new TestGateway(ModelPace.quick())) {
            assertThat(gateway.chat(TestGateway.HELLO).status()).isEqualTo(200);
            assertThat(gateway.chat(TestGateway.HELLO.replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\"")).status()).isEqualTo(200);
            assertThat(gateway.post("/v1/messages", TestGateway.HELLO).status()).isEqualTo(200);
            assertThat(gateway.post("/v1/completions", "{\"model\":\"vision/chat\",\"prompt\":\"Hello\",\"max_tokens\":3}").status()).isEqualTo(200);
            assertThat(gateway.post("/v1/embeddings", "{\"model\":\"vision/embed\",\"input\":\"Hello\"}").status()).isEqualTo(200);
            assertThat(gateway.post("/v1/rerank", "{\"model\":\"vision/rerank\",\"query\":\"Hello\",\"documents\":[\"you\"]}").status()).isEqualTo(200);
            assertThat(TestGateway.send(gateway.key, "GET", "/v1/models", null).status()).isEqualTo(200);
            assertThat(TestGateway.send(gateway.key, "GET", "/v1/planted-path", null).status()).isEqualTo(404);
            gateway.chat.faults().add(new ModelFault.Answer(500, 0));
            assertThat(gateway.chat(TestGateway.HELLO).status()).isEqualTo(502);
            gateway.chat.faults().liftAll();
            passALimit(gateway);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> scrape().contains("penstock_limits_warnings_total{"));
        after = scrape();
    }

    private static void passALimit(TestGateway gateway) {
        SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/limits/" + UUID.randomUUID(), """
                {"project": null, "meter": "REQUESTS", "window": "MONTH", "amount": 9, "reason": "for a test"}""").is(200);
        for (int status = 200; status != 429;) {
            status = gateway.chat(TestGateway.HELLO).status();
            assertThat(status).isIn(200, 429);
        }
    }

    @Test
    void whatIsListedIsThereAndNothingElse() throws IOException {
        assertThat(there(after)).isEqualTo(MetricTable.read());
    }

    @Test
    void noLabelIsWhatAClientSent() {
        assertThat(after).doesNotContain("planted-path", TestGateway.CHAT);
        // Which statuses there have been, and so which operations, depends on what else was called in this process.
        assertThat(values("penstock_gateway_calls_seconds_count", "operation"))
                .isSubsetOf(Stream.concat(OF_MODELS.stream(), Stream.of("models", "none")).toList());
        assertThat(values("penstock_gateway_first_byte_seconds_count", "operation")).isEqualTo(OF_MODELS);
        assertThat(values("penstock_gateway_tokens_total", "kind")).isEqualTo(Set.of("input", "cached", "output"));
        assertThat(values("penstock_gateway_engine_failures_total", "cause")).isEqualTo(
                Set.of("unreached", "upstream-failed", "upstream-broke-off", "timed-out"));
        assertThat(values("penstock_gateway_shed_total", "reason")).isEqualTo(
                Set.of("calls", "holder", "admission-queue", "database", "busy", "superseded", "no_partition", "too_many_limits"));
    }

    @Test
    void eachCallIsCountedByOperationAndStatus() {
        for (String of : List.of("chat\",status=\"200", "messages\",status=\"200", "completions\",status=\"200", "embeddings\",status=\"200", "rerank\",status=\"200", "models\",status=\"200",
                "none\",status=\"404", "chat\",status=\"502", "chat\",status=\"429")) {
            grew("penstock_gateway_calls_seconds_count{operation=\"" + of + "\"}");
        }
        grew("penstock_gateway_first_byte_seconds_count{operation=\"chat\"}");
        grew("penstock_gateway_tokens_total{kind=\"input\",operation=\"chat\"}");
        grew("penstock_gateway_tokens_total{kind=\"output\",operation=\"chat\"}");
        grew("penstock_gateway_tokens_total{kind=\"input\",operation=\"embeddings\"}");
        grew("penstock_gateway_tokens_total{kind=\"input\",operation=\"rerank\"}");
        grew("penstock_gateway_engine_failures_total{cause=\"upstream-failed\"}");
        grew("penstock_gateway_refused_total{meter=\"requests\"}");
    }

    private static void grew(String sample) {
        assertThat(value(after, sample)).as(sample).isGreaterThan(value(before, sample));
    }

    private static String scrape() {
        return SERVICE.send(SERVICE.issuer().service("monitor", "metrics.read"), "GET", "/actuator/prometheus", null).text();
    }

    private static double value(String scrape, String sample) {
        return scrape.lines().filter(line -> line.startsWith(sample + " ")).mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1))).sum();
    }

    private static Set<String> values(String name, String label) {
        return after.lines().filter(line -> line.startsWith(name + "{")).flatMap(line -> LABEL.matcher(line).results())
                .filter(each -> each.group(1).equals(label)).map(each -> each.group(2)).collect(Collectors.toSet());
    }

    private static Map<String, MetricTable.Listed> there(String scrape) {
        Map<String, MetricTable.Listed> there = new TreeMap<>();
        for (String line : scrape.lines().toList()) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                there.put(type.group(1), new MetricTable.Listed(type.group(2), new TreeSet<>()));
            } else if (sample.matches() && sample.group(3) != null) {
                Set<String> labels = there.get(MetricTable.family(sample.group(1), there.keySet())).labels();
                LABEL.matcher(sample.group(3)).results().map(each -> each.group(1)).filter(label -> !label.equals("le")).forEach(labels::add);
            }
        }
        return there;
    }
}
