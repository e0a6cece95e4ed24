package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.ModelPace;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a caller is told of the cost is what its row says. */
class CostTest {

    private static final RunningService SERVICE = RunningService.get();

    @Test
    void anAnswerOfASharedModelSaysWhatItCost() {
        EndpointId endpoint = new EndpointId(UUID.randomUUID());
        String model = "priced-" + endpoint;
        String body = TestGateway.HELLO.replace(TestGateway.CHAT, model);
        try (TestGateway gateway = new TestGateway(ModelPace.quick())) {
            gateway.publish(endpoint, 1, model, true, gateway.chat.url(), "served-chat", "CHAT").is(200);
            try {
                assertThat(gateway.chat(body).code()).isEqualTo("model_not_priced");
                price(endpoint);
                Reply reply = await().atMost(Duration.ofSeconds(10)).until(() -> gateway.chat(body), answer -> answer.status() == 200);
                gateway.row(reply.call());
                assertThat(reply.header("x-penstock-cost")).isEqualTo(SERVICE.column("""
                        select trim_scale(cost / 1e12) || ' EUR' from quota.usage where tenant_id = '%s' and call_id = '%s'"""
                        .formatted(gateway.tenant.id(), reply.call())).getFirst());
                assertThat(reply.header("x-penstock-cost")).startsWith("0.0000");
                Reply streamed = gateway.chat(body.replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\""));
                assertThat(streamed.status()).isEqualTo(200);
                assertThat(streamed.header("x-penstock-cost")).as("not known yet when a stream begins").isEmpty();
            } finally {
                SERVICE.send(SERVICE.service(), "DELETE", "/api/registry/tenants/" + gateway.tenant.id() + "/routes/" + endpoint + "?version=2", null).is(200);
            }
        }
    }

    @Test
    void tokensOfADedicatedEndpointCostNothing() {
        try (TestGateway gateway = new TestGateway(ModelPace.quick())) {
            Reply reply = gateway.chat(TestGateway.HELLO);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("x-penstock-cost")).isEmpty();
        }
    }

    private static void price(EndpointId sku) {
        int version = Integer.parseInt(SERVICE.column("select coalesce(max(version), 0) + 1 from quota.price_book").getFirst());
        SERVICE.send(SERVICE.admin(), "PUT", "/api/prices/" + version, """
                {"currency": "EUR", "reason": "for a test", "prices": [
                  {"sku": "%1$s", "meter": "INPUT", "price": 150000}, {"sku": "%1$s", "meter": "OUTPUT", "price": 600000}]}""".formatted(sku)).is(200);
    }
}
