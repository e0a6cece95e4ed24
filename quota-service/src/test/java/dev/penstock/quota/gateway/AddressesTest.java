package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A name with several addresses, of which some take no connection. */
class AddressesTest {

    private static final RunningService SERVICE = RunningService.priced();
    private static final String HOST = "many.test";
    private static final String HERE = "127.0.0.1";

    private final String name = "up-" + UUID.randomUUID();
    private final OwnNames names = new OwnNames(SERVICE);
    private final RecordingEngine server = new RecordingEngine();
    private final OwnGateway own = new OwnGateway(SERVICE, names.upstreams());
    private final TestGateway gateway = new TestGateway(SERVICE, own.port(), ModelPace.quick());
    private final int port = URI.create(server.url()).getPort();
    private String address = "http://" + HOST + ":" + port;
    private int version;

    @BeforeEach
    void mayLeave() {
        String declare = "/api/tenants/" + gateway.tenant.id() + "/projects/" + gateway.tenant.project() + "/data-class/1";
        SERVICE.send(SERVICE.admin(), "PUT", declare, "{\"dataClass\": \"PUBLIC\", \"reason\": \"for a test\"}").is(200);
    }

    @AfterEach
    void withdraw() {
        version++;
        names.make(name, version, spec(List.of()));
        gateway.close();
        own.close();
        server.close();
    }

    private UpstreamSpec spec(List<UpstreamModel> models) {
        return new UpstreamSpec(address, UpstreamDialect.OPENAI, "provider-key", DataClass.PUBLIC, 10, models, null);
    }

    private void make() {
        version++;
        names.make(name, version, spec(List.of(
                new UpstreamModel(name, "theirs", List.of(ModelTask.CHAT), 32_768, 4_096, 1, RunningService.SKU, null, LimitField.MAX_TOKENS))));
    }

    private Reply call() {
        return gateway.chat(TestGateway.HELLO.replace(TestGateway.CHAT, name));
    }

    @Test
    void whereOneAddressIsDeadNoCallFails() {
        names.answers.put(HOST, List.of("127.0.0.2", HERE, "127.0.0.3"));
        make();
        for (int call = 1; call <= 6; call++) {
            assertThat(call().status()).isEqualTo(200);
            assertThat(server.asked()).as("each call once").hasSize(call);
        }
    }

    @Test
    void whereAllAreDeadTheModelIsNotThere() {
        names.answers.put(HOST, List.of("127.0.0.2", "127.0.0.3"));
        make();
        Reply reply = call();
        assertThat(reply.status() + " " + reply.code()).isEqualTo("503 model_not_ready");
        assertThat(server.asked()).isEmpty();
        names.answers.put(HOST, List.of("127.0.0.2", HERE));
        names.turn();
        assertThat(call().status()).isEqualTo(200);
    }

    /** An answer that begins and breaks off may have been worked for. */
    @Test
    void whoTookTheCallAndBrokeOffIsNotFollowedByAnother() {
        server.answers("");
        names.answers.put(HOST, List.of(HERE, "127.0.0.2"));
        make();
        assertThat(call().status()).isEqualTo(502);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aLiteralWithColonsIsNamedInBrackets() {
        address = "http://[2001:db8::7]:" + port;
        names.answers.put("2001:db8:0:0:0:0:0:7", List.of(HERE));
        make();
        assertThat(call().status()).isEqualTo(200);
        assertThat(server.asked().getFirst()).contains("\r\nhost: [2001:db8:0:0:0:0:0:7]:" + port + "\r\n");
    }
}
