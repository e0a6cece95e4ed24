package dev.penstock.simulators.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The simulated model server as a program: {@code serve MODEL} and vLLM's options, before them perhaps {@code --pace
 * lifelike|quick} and {@code --log FILE}. Runs until it is stopped.
 */
public final class SimModelProgram {

    private SimModelProgram() {
    }

    /** Starts the server and waits. */
    public static void main(String[] arguments) throws InterruptedException {
        SimModelServer server;
        try {
            server = SimModelServer.start(settings(new ArrayList<>(List.of(arguments))));
        } catch (IOException | IllegalArgumentException refused) {
            System.err.println("SimModelServer cannot start: " + refused.getMessage());
            System.exit(1);
            return;
        }
        System.out.println("simulated model server (no model runs here) at " + server.url());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        Thread.currentThread().join();
    }

    private static SimModelSettings settings(List<String> arguments) {
        ModelPace pace = ModelPace.lifelike();
        Path log = null;
        while (!arguments.isEmpty() && !arguments.getFirst().equals("serve")) {
            String option = arguments.removeFirst();
            String value = arguments.isEmpty() ? "" : arguments.removeFirst();
            if (option.equals("--log") && !value.isEmpty()) {
                log = Path.of(value);
            } else if (option.equals("--pace") && List.of("lifelike", "quick").contains(value)) {
                pace = value.equals("quick") ? ModelPace.quick() : ModelPace.lifelike();
            } else {
                throw new IllegalArgumentException("unknown option or value: " + option + " " + value);
            }
        }
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("say what to serve: serve MODEL, then vLLM's options");
        }
        ServeArguments serve = ServeArguments.of(arguments.subList(1, arguments.size()), System.getenv());
        SimModelSettings settings = SimModelSettings.quick(serve.engine());
        return settings.withAddress(settings.address(), serve.port()).withApiKey(serve.apiKey()).withPace(pace).withLog(log);
    }
}
