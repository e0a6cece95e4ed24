package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.LimitField;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.contract.quota.UpstreamSpec;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.quota.upstream.OwnNames;
import dev.penstock.simulators.model.ModelPace;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A name that says one thing when it is judged and another afterwards. */
class RebindingTest {

    private static final RunningService SERVICE = RunningService.priced();
    private static final String HOST = "models.test";

    private final String name = "up-" + UUID.randomUUID();
    private final OwnNames names = new OwnNames(SERVICE);

    private UpstreamSpec spec(String address, boolean withModel) {
        var model = new UpstreamModel(name, "theirs", List.of(ModelTask.CHAT), 32_768, 4_096, 1, RunningService.SKU, null, LimitField.MAX_TOKENS);
        return new UpstreamSpec(address, UpstreamDialect.OPENAI, "provider-key", DataClass.PUBLIC, 10, withModel ? List.of(model) : List.of(), null);
    }

    @Test
    void callsGoToTheAddressThatWasJudged() {
        try (RecordingEngine server = new RecordingEngine(); OwnGateway own = new OwnGateway(SERVICE, names.upstreams())) {
            TestGateway gateway = new TestGateway(SERVICE, own.port(), ModelPace.quick());
            String declare = "/api/tenants/" + gateway.tenant.id() + "/projects/" + gateway.tenant.project() + "/data-class/1";
            SERVICE.send(SERVICE.admin(), "PUT", declare, "{\"dataClass\": \"PUBLIC\", \"reason\": \"for a test\"}").is(200);
            String address = "http://" + HOST + ":" + URI.create(server.url()).getPort();

            names.answers.put(HOST, List.of("10.0.0.1"));
            assertThatThrownBy(() -> names.make(name, 1, spec(address, true))).hasMessageContaining("10.0.0.1 is not an address of the public Internet");
            names.answers.put(HOST, List.of("127.0.0.1"));
            names.make(name, 1, spec(address, true));
            assertThat(call(gateway).status()).isEqualTo(200);
            assertThat(server.asked().getFirst()).as("the machine cannot look this name up; it was judged, and is told").contains("\r\nhost: " + HOST + ":");

            names.answers.put(HOST, List.of("127.0.0.1", "169.254.169.254"));
            assertThat(call(gateway).status()).as("what it says now is not asked").isEqualTo(200);
            names.turn();
            Reply turned = call(gateway);
            assertThat(turned.status() + " " + turned.code()).isEqualTo("503 model_not_ready");
            names.answers.remove(HOST);
            names.turn();
            assertThat(call(gateway).status()).isEqualTo(503);
            assertThat(server.asked()).hasSize(2);
            names.make(name, 2, spec(address, false));
            gateway.close();
        }
    }

    private Reply call(TestGateway gateway) {
        return gateway.chat(TestGateway.HELLO.replace(TestGateway.CHAT, name));
    }
}
