package dev.penstock.simulators.cluster;

import dev.penstock.simulators.cluster.controller.Pace;
import dev.penstock.simulators.cluster.fleet.Fleet;
import dev.penstock.simulators.cluster.tree.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The simulated cluster as a program: {@code --port N --token-file FILE [--kubeconfig FILE] [--state FILE] [--fleet FILE]
 * [--pace lifelike|quick]}. Runs until it is stopped.
 */
public final class SimClusterProgram {

    private static final Set<String> OPTIONS = Set.of("port", "token-file", "kubeconfig", "state", "fleet", "pace");

    private SimClusterProgram() {
    }

    /** Starts the cluster and waits. */
    public static void main(String[] arguments) throws InterruptedException {
        SimCluster cluster;
        try {
            Map<String, String> options = options(arguments);
            cluster = SimCluster.start(settings(options));
            if (options.containsKey("kubeconfig")) {
                cluster.writeKubeconfig(Path.of(options.get("kubeconfig")));
            }
        } catch (IOException | IllegalArgumentException refused) {
            System.err.println("SimCluster cannot start: " + refused.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        Thread.currentThread().join();
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int index = 0; index < arguments.length; index += 2) {
            String name = arguments[index].replaceFirst("^--", "");
            if (!OPTIONS.contains(name) || index + 1 == arguments.length) {
                throw new IllegalArgumentException("unknown option or missing value: " + arguments[index]);
            }
            options.put(name, arguments[index + 1]);
        }
        return options;
    }

    private static SimClusterSettings settings(Map<String, String> options) throws IOException {
        if (!options.containsKey("token-file")) {
            throw new IllegalArgumentException("--token-file is needed: a file that holds the token callers present");
        }
        String token = Files.readString(Path.of(options.get("token-file"))).strip();
        int port = Integer.parseInt(options.getOrDefault("port", "0"));
        SimClusterSettings settings = SimClusterSettings.lifelike(port, token);
        if (options.containsKey("state")) {
            settings = settings.withState(Path.of(options.get("state")));
        }
        if (options.containsKey("fleet")) {
            byte[] fleet = Files.readAllBytes(Path.of(options.get("fleet")));
            settings = settings.withFleet(Fleet.read(Json.MAPPER.readTree(fleet)));
        }
        return options.getOrDefault("pace", "lifelike").equals("quick") ? settings.withPace(Pace.quick()) : settings;
    }
}
