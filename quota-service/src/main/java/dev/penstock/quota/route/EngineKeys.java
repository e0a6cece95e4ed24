package dev.penstock.quota.route;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.secret.Sealed;
import dev.penstock.frame.secret.Sealing;
import org.springframework.stereotype.Component;

/** Encrypts what engines demand, each for its tenant and endpoint. */
@Component
class EngineKeys {

    private final Sealing sealing;

    EngineKeys(Sealing sealing) {
        this.sealing = sealing;
    }

    Sealed seal(TenantId tenant, EndpointId endpoint, String engineKey) {
        return sealing.seal(whose(tenant, endpoint), engineKey);
    }

    /** @throws Sealing.CannotOpen if its version is gone from the file, or somebody changed it */
    String open(TenantId tenant, EndpointId endpoint, Sealed sealed) {
        return sealing.open(whose(tenant, endpoint), sealed);
    }

    private static String whose(TenantId tenant, EndpointId endpoint) {
        return tenant + " " + endpoint;
    }
}
