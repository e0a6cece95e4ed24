package dev.penstock.simulators.cluster;

import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.cluster.tree.Json;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the cluster in a file: all objects but the nodes (those are the fleet's) and the events. Written a moment after a
 * change, whole and atomically; a crash loses that moment, which for a simulator is no worse than a slow start.
 */
final class StateFile implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StateFile.class.getName());
    private static final long DEBOUNCE_MILLIS = 200;

    private final Path file;
    private final Store store;
    private final AtomicBoolean planned = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("cluster-state").factory());

    private StateFile(Path file, Store store) {
        this.file = file;
        this.store = store;
    }

    /**
     * Reads the file into the store, if it is there, and keeps it up to date from now on.
     *
     * @throws IOException when it cannot be read; the message names the file
     */
    static StateFile open(Path file, Store store) throws IOException {
        StateFile state = new StateFile(file, store);
        // A change on the way out is written by close, and must not fail for want of somebody to write it.
        state.executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        if (Files.exists(file)) {
            state.read();
        }
        store.listen(change -> state.changed());
        return state;
    }

    private void read() throws IOException {
        try {
            for (ObjectNode object : Json.objects(Json.MAPPER.readTree(Files.readAllBytes(file)), "objects")) {
                Kind kind = kindOf(object);
                if (kind != null) {
                    store.restore(kind, object);
                }
            }
        } catch (JacksonException broken) {
            throw new IOException("the simulated cluster's state in " + file + " cannot be read; remove the file to start "
                    + "with an empty cluster", broken);
        }
    }

    private static @Nullable Kind kindOf(ObjectNode object) {
        return Kinds.all().stream()
                .filter(kind -> kind.kind().equals(Json.text(object, "kind"))
                        && kind.apiVersion().equals(Json.text(object, "apiVersion")))
                .findFirst().orElse(null);
    }

    private void changed() {
        if (planned.compareAndSet(false, true)) {
            executor.schedule(this::write, DEBOUNCE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void write() {
        planned.set(false);
        try {
            ObjectNode state = Json.object();
            ArrayNode objects = state.putArray("objects");
            store.dump().stream()
                    .filter(object -> !Kinds.NODE.equals(kindOf(object)) && !Kinds.EVENT.equals(kindOf(object)))
                    .forEach(objects::add);
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            // Secrets are among the objects.
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, Json.MAPPER.writeValueAsBytes(state));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "the simulated cluster's state could not be written to " + file, failed);
        }
    }

    /** Writes what is not written yet. */
    @Override
    public void close() {
        executor.shutdownNow();
        write();
    }
}
