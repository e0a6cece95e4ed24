package dev.penstock.standalone;

import dev.penstock.standalone.machine.FreePort;
import dev.penstock.standalone.machine.Ports;
import dev.penstock.standalone.machine.StartFailure;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for a test, none of which anybody uses at this moment. Below the range from which the system gives out ports of its own. */
public final class FreeBase {

    private FreeBase() {}

    public static Ports find() {
        for (int attempt = 0; attempt < 100; attempt++) {
            Ports ports = new Ports(ThreadLocalRandom.current().nextInt(12_000, 32_000));
            if (isFree(ports)) {
                return ports;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean isFree(Ports ports) {
        try {
            List.of(ports.portal(), ports.platformBackend(), ports.quotaService(), ports.gateway(), ports.workspaces(), ports.ssh(), ports.login(), ports.postgres(), ports.cluster())
                    .forEach(port -> FreePort.require(port, "a test"));
            return true;
        } catch (StartFailure taken) {
            return false;
        }
    }
}
