package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.quota.KeyMade;
import dev.penstock.standalone.client.Metrics;
import dev.penstock.standalone.client.ModelAnswer;
import dev.penstock.standalone.client.ModelClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said to a model and what one calls with is kept nowhere: not in a log, a metric, a table or an error, also when a call goes wrong. */
@Timeout(300)
class PlantedSecretsTest {

    private static final RunningPenstock PENSTOCK = RunningPenstock.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void neitherKeysNorPromptsNorEngineKeysAreFoundAnywhere() throws IOException, InterruptedException {
        Lab lab = new Lab(PENSTOCK, "secrets");
        String prompt = "planted-prompt-" + UUID.randomUUID();
        KeyMade key = lab.key("secrets");
        String secret = Objects.requireNonNull(key.secret());
        String wrong = secret.substring(0, secret.length() - 12) + "planted2wrng";

        List<String> answers = everyKindOfCall(lab, key, wrong, prompt);

        List<String> planted = new ArrayList<>(List.of(prompt, secret, secret.substring(secret.length() - 36), wrong.substring(wrong.length() - 36)));
        planted.addAll(engineKeys());
        assertThat(planted).as("the engine keys are among what is looked for").hasSizeGreaterThan(4);
        for (String error : answers) {
            assertThat(error).as("an error").doesNotContain(planted);
        }
        assertThat(filesWith(planted)).as("log files").isEmpty();
        assertThat(metricsWith(planted)).as("metrics").isEmpty();
        assertThat(tablesWith(planted)).as("tables").isEmpty();
    }

    /** @return what was said to callers whose call failed */
    private static List<String> everyKindOfCall(Lab lab, KeyMade key, String wrong, String prompt) throws IOException, InterruptedException {
        ModelClient caller = lab.caller(key);
        ModelAnswer answered = caller.chat(Lab.CHAT, prompt, 16);
        assertThat(answered.status()).isEqualTo(200);
        assertThat(caller.stream(Lab.CHAT, prompt, 16, piece -> {}).status()).isEqualTo(200);
        assertThat(caller.embed(Lab.EMBEDDINGS, prompt).status()).isEqualTo(200);
        lab.row(answered.call());
        List<String> errors = new ArrayList<>();
        errors.add(caller.chat("no-such-model", prompt, 16).body().toString());
        errors.add(caller.chat(Lab.CHAT, prompt, -1).body().toString());
        errors.add(ModelClient.withKey(PENSTOCK.directory(), wrong).chat(Lab.CHAT, prompt, 16).body().toString());
        String secret = Objects.requireNonNull(key.secret());
        errors.add(post(lab, secret, "{\"model\":\"" + Lab.CHAT + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt));
        errors.add(post(lab, secret, "{\"model\":\"" + Lab.CHAT + "\",\"model\":\"" + prompt + "\",\"messages\":[]}"));
        errors.add(post(lab, secret, "{\"model\":\"" + Lab.CHAT + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "x".repeat(9 << 20) + "\"}]}"));
        // A key where it does not belong.
        HttpResponse<String> lost = HTTP.send(
                HttpRequest.newBuilder(URI.create(lab.gateway() + "/v1/models?key=" + secret)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(lost.statusCode()).isEqualTo(401);
        errors.add(lost.body());
        return errors;
    }

    private static String post(Lab lab, String secret, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(URI.create(lab.gateway() + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        return answer.body();
    }

    /** What the engines demand, from where a cluster keeps it. */
    private static List<String> engineKeys() {
        return PENSTOCK.cluster("/api/v1/secrets").get("items").valueStream()
                .flatMap(item -> item.path("data").valueStream())
                .map(value -> new String(Base64.getDecoder().decode(value.asString()), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> filesWith(List<String> planted) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(PENSTOCK.data().resolve("logs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                planted.stream().filter(text::contains).forEach(each -> found.add(file.getFileName() + " has " + each));
            }
        }
        return found;
    }

    private static List<String> metricsWith(List<String> planted) {
        List<String> found = new ArrayList<>();
        Metrics metrics = new Metrics(PENSTOCK.directory());
        for (String program : List.of("quota-service", "platform-backend")) {
            String text = metrics.of(program);
            assertThat(text).contains("jvm_memory_used_bytes");
            planted.stream().filter(text::contains).forEach(each -> found.add(program + " has " + each));
        }
        return found;
    }

    /** Every table, each row as text: bytes read as hexadecimal digits there. */
    private static List<String> tablesWith(List<String> planted) {
        List<String> found = new ArrayList<>();
        try (Database database = Database.asAdministrator(PENSTOCK)) {
            List<Map<String, String>> tables = database.rows("""
                    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('platform', 'quota', 'audit')""");
            assertThat(tables).hasSizeGreaterThan(20);
            for (Map<String, String> table : tables) {
                for (String each : planted) {
                    String hex = HexFormat.of().formatHex(each.getBytes(StandardCharsets.UTF_8));
                    if (database.count("select count(*) from " + table.get("name") + " t where position(? in t::text) > 0 or position(? in t::text) > 0", each, hex) > 0) {
                        found.add(table.get("name") + " has " + each);
                    }
                }
            }
        }
        return found;
    }
}
