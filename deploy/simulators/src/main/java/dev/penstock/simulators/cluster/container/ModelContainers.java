package dev.penstock.simulators.cluster.container;

import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.ServeArguments;
import dev.penstock.simulators.model.SimModelServer;
import dev.penstock.simulators.model.SimModelSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The model servers of all containers that run one: there is one exactly as long as the pod's status says it runs. */
public final class ModelContainers implements AutoCloseable {

    /** Images of vLLM whose entry point is {@code vllm serve}, so that their command can be left out. */
    private static final Pattern IMAGE = Pattern.compile("(^|/)vllm(-openai)?([:@]|$)");

    /**
     * A server that runs.
     *
     * @param pod the pod's name
     */
    public record Running(String namespace, String pod, String container, SimModelServer server) {
    }

    /** One life of a container; after its end, what it printed is all that is left. */
    private record Life(int restarts, @Nullable Running running, List<String> printed) {

        List<String> lines() {
            return running == null ? printed : running.server().printed();
        }
    }

    private final Store store;
    private final ModelPace pace;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Map<String, Life> lives = new ConcurrentHashMap<>();

    /** None run yet. */
    public ModelContainers(Store store, ModelPace pace, Clock clock, Supplier<UUID> ids) {
        this.store = store;
        this.pace = pace;
        this.clock = clock;
        this.ids = ids;
    }

    /** All servers that run. */
    public List<Running> running() {
        return lives.values().stream().flatMap(life -> Optional.ofNullable(life.running()).stream()).toList();
    }

    /** What the container has printed in its present life or, when that is over, in its last; each line after its time. */
    public List<String> printed(ObjectNode pod, String container) {
        Life life = lives.get(key(pod, container));
        return life == null ? List.of() : life.lines();
    }

    /** Starts and stops servers as the pod's status says; returns the names of containers whose server could not start. */
    public List<String> follow(ObjectNode pod) {
        List<String> failed = new ArrayList<>();
        for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
            ObjectNode status = Json.find(Json.at(pod, "status", "containerStatuses"), "name", Json.text(container, "name"));
            if (status != null && servesModel(container) && !follow(pod, container, status)) {
                failed.add(Json.text(container, "name"));
            }
        }
        return failed;
    }

    private boolean follow(ObjectNode pod, ObjectNode container, ObjectNode status) {
        String key = key(pod, Json.text(container, "name"));
        int restarts = status.path("restartCount").asInt(0);
        boolean runs = status.path("state").has("running");
        Life life = lives.get(key);
        if (life != null && (!runs || life.restarts() != restarts)) {
            lives.put(key, ended(life));
        }
        if (runs && (life == null || life.restarts() != restarts)) {
            Life begun = begin(pod, container, restarts);
            lives.put(key, begun);
            return begun.running() != null;
        }
        return true;
    }

    /** The pod is gone, and with it everything of it. */
    public void forget(ObjectNode pod) {
        for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
            Life life = lives.remove(key(pod, Json.text(container, "name")));
            if (life != null) {
                ended(life);
            }
        }
    }

    private Life begin(ObjectNode pod, ObjectNode container, int restarts) {
        String name = Json.text(container, "name");
        String address = Json.text(pod, "status", "podIP");
        try {
            Environment environment = Environment.of(pod, container, store);
            List<String> command = environment.command(container);
            ServeArguments serve = ServeArguments.of(
                    command.size() > 1 && command.get(0).equals("vllm") ? command.subList(2, command.size()) : command,
                    environment.variables());
            SimModelServer server = SimModelServer.start(new SimModelSettings(InetAddress.getByName(address), serve.port(),
                    serve.engine(), serve.apiKey(), pace, null, clock, ids));
            return new Life(restarts, new Running(Meta.namespace(pod), Meta.name(pod), name, server), List.of());
        } catch (IOException | IllegalArgumentException | Environment.Missing failed) {
            String why = failed instanceof IOException ? LoopbackAddresses.explain(address, failed) : failed.getMessage();
            return new Life(restarts, null, List.of(clock.instant() + " " + why));
        }
    }

    private static Life ended(Life life) {
        Running running = life.running();
        if (running == null) {
            return life;
        }
        List<String> printed = life.lines();
        // Closing waits for calls to notice; the cluster does not wait for that.
        Thread.ofVirtual().name("ending " + running.pod()).start(running.server()::close);
        return new Life(life.restarts(), null, printed);
    }

    private static boolean servesModel(ObjectNode container) {
        List<String> command = Json.texts(container, "command");
        List<String> all = new ArrayList<>(command);
        all.addAll(Json.texts(container, "args"));
        return all.size() > 1 && all.get(0).equals("vllm") && all.get(1).equals("serve")
                || command.isEmpty() && !all.isEmpty() && IMAGE.matcher(Json.text(container, "image")).find();
    }

    private static String key(ObjectNode pod, String container) {
        return Meta.uid(pod) + "/" + container;
    }

    /** Stops all. */
    @Override
    public void close() {
        running().parallelStream().forEach(running -> running.server().close());
        lives.clear();
    }
}
