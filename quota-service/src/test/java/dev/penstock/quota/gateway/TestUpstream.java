package dev.penstock.quota.gateway;

import dev.penstock.quota.RunningService;
import java.util.UUID;

/** An upstream of one model for a test, and an alias of its name; both are withdrawn at its end. */
final class TestUpstream implements AutoCloseable {

    final String name = "up-" + UUID.randomUUID();
    final String model = name + "/chat";
    private final RunningService service;
    private final TestGateway gateway;
    private String address = "";
    private int version;
    private int declared;
    private int aliased;

    TestUpstream(RunningService service, TestGateway gateway) {
        this.service = service;
        this.gateway = gateway;
    }

    /** For confidential data at most, for 32,768 tokens. */
    TestUpstream anthropic(String at) {
        return make(at, "ANTHROPIC", "");
    }

    TestUpstream openai(String at, String further) {
        return make(at, "OPENAI", further);
    }

    /** @param further members of its model */
    private TestUpstream make(String at, String dialect, String further) {
        version++;
        address = at;
        service.send(service.admin(), "PUT", "/api/upstreams/" + name + "/" + version, """
                {"address": "%s/v1", "dialect": "%s", "providerKey": "%s", "takes": "CONFIDENTIAL", "mostUnderWay": 10, "models": [
                 {"name": "%s", "servedModel": "theirs", "tasks": ["CHAT"], "contextTokens": 32768, "maxOutputTokens": 4096, "maxTokensPerByte": 1, "sku": "%s"%s}]}"""
                .formatted(at, dialect, TestGateway.ENGINE_KEY, model, RunningService.SKU, further)).is(200);
        return this;
    }

    /** Of which class the data of the gateway's project is. */
    TestUpstream declare(String dataClass) {
        declared++;
        service.send(service.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/projects/" + gateway.tenant.project() + "/data-class/" + declared,
                "{\"dataClass\": \"" + dataClass + "\", \"reason\": \"for a test\"}").is(200);
        return this;
    }

    /** Its name stands for these models, each asked where those before it fail. */
    TestUpstream alias(String... models) {
        aliased++;
        StringBuilder targets = new StringBuilder();
        for (int tier = 0; tier < models.length; tier++) {
            targets.append(tier == 0 ? "" : ",").append("{\"model\": \"%s\", \"tier\": %d, \"weight\": 1}".formatted(models[tier], tier));
        }
        service.send(service.admin(), "PUT", "/api/aliases/" + name + "/" + aliased, "{\"strategy\": \"WEIGHTED\", \"targets\": [" + targets + "]}").is(200);
        return this;
    }

    @Override
    public void close() {
        if (aliased > 0) {
            alias();
        }
        if (version > 0) {
            version++;
            service.send(service.admin(), "PUT", "/api/upstreams/" + name + "/" + version,
                    "{\"address\": \"%s/v1\", \"takes\": \"PUBLIC\", \"mostUnderWay\": 1, \"models\": []}".formatted(address)).is(200);
        }
    }
}
