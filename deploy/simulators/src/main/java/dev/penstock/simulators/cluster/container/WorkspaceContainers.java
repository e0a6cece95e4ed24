package dev.penstock.simulators.cluster.container;

import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.workspace.SimSshServer;
import dev.penstock.simulators.workspace.SimWorkspace;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The played servers of containers whose command is that of JupyterLab, of code-server or of an SSH server: there is one exactly as long as it runs. */
public final class WorkspaceContainers implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WorkspaceContainers.class.getName());

    /** @param server null: it could not start */
    private record Life(int restarts, @Nullable AutoCloseable server) {
    }

    private final Store store;
    private final Map<String, Life> lives = new ConcurrentHashMap<>();
    /** By the uid of the claim, which is what outlives pods. */
    private final Map<String, AtomicInteger> volumes = new ConcurrentHashMap<>();

    /** None run yet. */
    public WorkspaceContainers(Store store) {
        this.store = store;
    }

    /** Starts and stops servers as the pod's status says; returns the names of containers whose server could not start. */
    public List<String> follow(ObjectNode pod) {
        List<String> failed = new ArrayList<>();
        for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
            ObjectNode status = Json.find(Json.at(pod, "status", "containerStatuses"), "name", Json.text(container, "name"));
            if (status != null && title(container) != null && !follow(pod, container, status)) {
                failed.add(Json.text(container, "name"));
            }
        }
        return failed;
    }

    private boolean follow(ObjectNode pod, ObjectNode container, ObjectNode status) {
        String key = key(pod, container);
        int restarts = status.path("restartCount").asInt(0);
        boolean runs = status.path("state").has("running");
        Life life = lives.get(key);
        if (life != null && (!runs || life.restarts() != restarts)) {
            lives.remove(key);
            end(life);
            life = null;
        }
        if (runs && life == null) {
            Life begun = new Life(restarts, begin(pod, container));
            lives.put(key, begun);
            return begun.server() != null;
        }
        return true;
    }

    private @Nullable AutoCloseable begin(ObjectNode pod, ObjectNode container) {
        String address = Json.text(pod, "status", "podIP");
        int port = Json.objects(container, "ports").stream().findFirst().map(it -> it.path("containerPort").asInt(0)).orElse(0);
        String title = String.valueOf(title(container));
        try {
            InetAddress listens = InetAddress.getByName(address);
            return title.equals("SSH") ? SimSshServer.start(listens, port) : SimWorkspace.start(title, listens, port, volume(pod));
        } catch (IOException taken) {
            LOG.log(Level.WARNING, LoopbackAddresses.explain(address, taken));
            return null;
        }
    }

    private AtomicInteger volume(ObjectNode pod) {
        String claim = Json.objects(pod, "spec", "volumes").stream().map(volume -> Json.text(volume, "persistentVolumeClaim", "claimName"))
                .filter(name -> !name.isEmpty()).findFirst().orElse("");
        ObjectNode found = store.get(Kinds.VOLUME_CLAIM, Meta.namespace(pod), claim);
        return found == null ? new AtomicInteger() : volumes.computeIfAbsent(Meta.uid(found), uid -> new AtomicInteger());
    }

    /** The pod is gone, and with it everything of it but its volume. */
    public void forget(ObjectNode pod) {
        for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
            Life life = lives.remove(key(pod, container));
            if (life != null) {
                end(life);
            }
        }
    }

    /** What the container plays; null: nothing. */
    private static @Nullable String title(ObjectNode container) {
        List<String> command = Json.texts(container, "command");
        return switch (command.isEmpty() ? "" : command.getFirst()) {
            case "jupyter" -> "JupyterLab";
            case "code-server" -> "VS Code";
            case "sh" -> command.getLast().contains("/usr/sbin/sshd") ? "SSH" : null;
            default -> null;
        };
    }

    private static void end(Life life) {
        try {
            if (life.server() != null) {
                life.server().close();
            }
        } catch (Exception e) {
            LOG.log(Level.WARNING, "a played workspace did not end", e);
        }
    }

    private static String key(ObjectNode pod, ObjectNode container) {
        return Meta.uid(pod) + "/" + Json.text(container, "name");
    }

    /** Stops all. */
    @Override
    public void close() {
        lives.values().forEach(WorkspaceContainers::end);
        lives.clear();
    }
}
