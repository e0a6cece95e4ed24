package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.CallId;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.DataClassSpec;
import dev.penstock.contract.quota.LimitField;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.contract.quota.UpstreamSpec;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.SimModelServer;
import dev.penstock.simulators.model.SimModelSettings;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** OpenAI's and Anthropic's own clients at a model that a server of Messages outside of the house serves (a simulated one): neither can tell. */
@Timeout(300)
class ElsewhereClientsTest {

    private static final String KEY = "provider-key-0123456789";
    private static final String NAME = "elsewhere-" + UUID.randomUUID();

    private static SimModelServer server;
    private static Lab lab;
    private static JsonNode openai;
    private static JsonNode anthropic;

    @BeforeAll
    static void callEverythingOnce() throws IOException, InterruptedException {
        server = SimModelServer.start(SimModelSettings.quick(EngineSettings.of("theirs")).withApiKey(KEY));
        lab = new Lab(RunningPenstock.shared(), "elsewhere");
        String key = Objects.requireNonNull(lab.key("elsewhere").secret());
        make(1, List.of(new UpstreamModel(NAME, "theirs", List.of(ModelTask.CHAT), 32_768, 4_096, 1, Lab.CHAT, null, LimitField.MAX_TOKENS)));
        lab.api().dataClasses().declare(lab.tenant(), lab.project(), 1, new DataClassSpec(DataClass.PUBLIC, "a simulated provider"));
        openai = new NodeClient("openai@6.49.0", "elsewhere-openai").call(lab.gateway() + "/v1", key, NAME);
        anthropic = new NodeClient("@anthropic-ai/sdk@1.12.0", "elsewhere-anthropic").call(lab.gateway(), key, NAME);
    }

    @AfterAll
    static void withdraw() {
        make(2, List.of());
        server.close();
    }

    private static void make(int version, List<UpstreamModel> models) {
        lab.api().upstreams().make(NAME, version, new UpstreamSpec(server.url() + "/v1", UpstreamDialect.ANTHROPIC, models.isEmpty() ? null : KEY, DataClass.PUBLIC, 10, models, "a test"));
    }

    @Test
    void bothAreAnsweredPlainAndInAStreamAndBooked() {
        for (JsonNode client : List.of(openai, anthropic)) {
            assertThat(client.at("/plain/text").asString()).startsWith("You asked: “What is a penstock?”");
            assertThat(client.at("/streamed/text").asString()).startsWith("You asked: “What is a turbine?”");
            booked(client.get("plain"));
            booked(client.get("streamed"));
        }
        assertThat(server.log().entries().stream().map(entry -> entry.path()).distinct()).containsExactly("/v1/messages");
    }

    @Test
    void bothCallToolsInStreamsAndTellTheirAnswers() {
        for (JsonNode client : List.of(openai, anthropic)) {
            assertThat(client.at("/withTool/name").asString()).isEqualTo("weather");
            assertThat(client.at("/withTool/input/city").asString()).isEqualTo("Bern");
            assertThat(client.at("/withTool/answer").asString()).contains("Sun and 24 degrees");
        }
    }

    @Test
    void aClientOfResponsesIsAnsweredToo() {
        assertThat(openai.at("/response/text").asString()).startsWith("You asked: “What is a turbine?”");
        booked(openai.get("response"));
    }

    @Test
    void whatItCannotBeAskedIsAnErrorOfTheClientsOwn() {
        assertThat(openai.at("/structured/thrown").asString() + " " + openai.at("/structured/param").asString()).isEqualTo("BadRequestError response_format");
        assertThat(anthropic.at("/search/thrown").asString() + " " + anthropic.at("/search/type").asString()).isEqualTo("BadRequestError invalid_request_error");
    }

    private static void booked(JsonNode call) {
        CallRow row = lab.row(CallId.of(call.get("call").asString()));
        assertThat(row.status()).isEqualTo(200);
        assertThat(row.input() + " " + row.output()).isEqualTo(call.get("input").asLong() + " " + call.get("output").asLong());
        assertThat(Objects.requireNonNull(row.egress()).upstream()).isEqualTo(NAME);
    }
}
