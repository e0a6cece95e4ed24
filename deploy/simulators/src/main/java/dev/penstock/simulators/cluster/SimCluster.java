package dev.penstock.simulators.cluster;

import dev.penstock.simulators.cluster.admission.Admissions;
import dev.penstock.simulators.cluster.api.ApiServer;
import dev.penstock.simulators.cluster.api.AuditLog;
import dev.penstock.simulators.cluster.container.ModelContainers;
import dev.penstock.simulators.cluster.controller.Controllers;
import dev.penstock.simulators.cluster.fault.Faults;
import dev.penstock.simulators.cluster.kueue.Kueue;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.http.HttpListener;
import dev.penstock.simulators.metrics.SimDcgm;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A running simulated cluster. */
public final class SimCluster implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SimCluster.class.getName());

    private final SimClusterSettings settings;
    private final Store store;
    private final Faults faults;
    private final AuditLog auditLog;
    private final Controllers controllers;
    private final Kueue kueue;
    private final ModelContainers models;
    private final HttpListener listener;
    private final @Nullable StateFile state;

    private SimCluster(SimClusterSettings settings, Store store, Faults faults, AuditLog auditLog, Controllers controllers,
            Kueue kueue, ModelContainers models, HttpListener listener, @Nullable StateFile state) {
        this.settings = settings;
        this.store = store;
        this.faults = faults;
        this.auditLog = auditLog;
        this.controllers = controllers;
        this.kueue = kueue;
        this.models = models;
        this.listener = listener;
        this.state = state;
    }

    /**
     * Starts it; when this returns it answers.
     *
     * @throws IOException when the port is taken or the state file cannot be read
     */
    public static SimCluster start(SimClusterSettings settings) throws IOException {
        // Versions begin at the time of day in milliseconds: later than any an earlier run can have given out.
        Store store = new Store(settings.history(), settings.clock().millis());
        Faults faults = new Faults(settings.clock());
        Kueue kueue = new Kueue();
        Registry registry = new Registry(store, Admissions.all(settings.ids().get(), kueue, settings.clock()), settings.clock(), settings.ids());
        ModelContainers models = new ModelContainers(store, settings.models(), settings.clock(),
                settings.ids());
        AuditLog auditLog = new AuditLog();
        ApiServer api = new ApiServer(registry, faults, settings.token(), settings.bookmarks(), settings.clock(), models, auditLog, settings.fleet().hasClaims(), kueue);
        // The port comes first: whoever does not get it must not touch the state of the cluster that has it.
        HttpListener listener = HttpListener.bind(settings.port());
        StateFile state;
        try {
            state = settings.state() == null ? null : StateFile.open(settings.state(), store);
        } catch (IOException unreadable) {
            listener.close();
            throw unreadable;
        }
        Controllers controllers = Controllers.start(registry, faults, settings.fleet(), settings.pace(), settings.clock(),
                models, kueue);
        listener.serve(api::handle);
        SimCluster cluster = new SimCluster(settings, store, faults, auditLog, controllers, kueue, models, listener, state);
        LOG.log(Level.INFO, "simulated cluster (no containers run here) at " + cluster.url());
        return cluster;
    }

    /** Where the API is. */
    public String url() {
        return "http://127.0.0.1:" + listener.port();
    }

    /** The token callers present. */
    public String token() {
        return settings.token();
    }

    /** What goes wrong, on demand. */
    public Faults faults() {
        return faults;
    }

    /** What was asked of its API. */
    public AuditLog auditLog() {
        return auditLog;
    }

    /** The queueing system that may be installed on it; at first it is not. */
    public Kueue kueue() {
        return kueue;
    }

    /** Grows with every change of any object. */
    public long version() {
        return store.version();
    }

    /** The model servers that run in its pods. */
    public List<ModelContainers.Running> modelServers() {
        return models.running();
    }

    /** The pods that run with GPUs. */
    public List<SimDcgm.GpuPod> gpuPods() {
        return store.list(Kinds.POD, "").stream().filter(pod -> pod.path("status").path("phase").asString("").equals("Running")).flatMap(pod -> gpuPod(pod).stream()).toList();
    }

    private static Optional<SimDcgm.GpuPod> gpuPod(ObjectNode pod) {
        int gpus = 0;
        boolean partitioned = false;
        for (JsonNode container : pod.path("spec").path("containers")) {
            for (Map.Entry<String, JsonNode> limit : container.path("resources").path("limits").properties()) {
                if (limit.getKey().startsWith("nvidia.com/")) {
                    gpus += Integer.parseInt(limit.getValue().asString());
                    partitioned |= limit.getKey().startsWith("nvidia.com/mig-");
                }
            }
        }
        JsonNode metadata = pod.path("metadata");
        return gpus == 0 ? Optional.empty() : Optional.of(new SimDcgm.GpuPod(
                metadata.path("namespace").asString(), metadata.path("name").asString(), pod.path("spec").path("nodeName").asString(""), gpus, partitioned));
    }

    /** Ends all watches, as a restart of an API server would. */
    public void cutWatches() {
        store.cutWatches();
    }

    /** Forgets the history: watches that ask for an older version get 410. */
    public void compactHistory() {
        store.compact();
    }

    /**
     * Writes a kubeconfig for this cluster that only its owner can read.
     *
     * @throws IOException when it cannot be written
     */
    public void writeKubeconfig(Path file) throws IOException {
        String text = """
                apiVersion: v1
                kind: Config
                current-context: simulator
                clusters:
                - name: simulator
                  cluster:
                    server: %s
                users:
                - name: simulator
                  user:
                    token: "%s"
                contexts:
                - name: simulator
                  context:
                    cluster: simulator
                    user: simulator
                    namespace: default
                """.formatted(url(), settings.token());
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        listener.close();
        controllers.close();
        models.close();
        store.cutWatches();
        if (state != null) {
            state.close();
        }
    }
}
