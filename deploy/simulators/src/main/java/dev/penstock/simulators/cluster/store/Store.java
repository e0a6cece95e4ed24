package dev.penstock.simulators.cluster.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects, one global resource version, and the last changes. What is kept is never changed, only replaced, so that
 * lists and changes can be read by anybody at any time; whoever wants to change an object gets a copy by {@link #get}. One
 * lock makes a write and everything it was decided on (quota, names, owners) one step.
 */
public final class Store {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Kind, NavigableMap<String, ObjectNode>> objects = new HashMap<>();
    private final Deque<Change> history = new ArrayDeque<>();
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final int historyLength;
    private long version;
    private long compacted;

    /**
     * An empty store.
     *
     * @param historyLength how many changes are kept for watches and paged lists
     * @param firstVersion where versions start; a start later than any version an earlier run gave out makes watchers
     *     of that run list again instead of waiting for a version that means something else now
     */
    public Store(int historyLength, long firstVersion) {
        this.historyLength = historyLength;
        this.version = firstVersion;
        this.compacted = firstVersion;
    }

    /** Runs it while nobody else writes. */
    public <T extends @Nullable Object> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** The version of the last change. */
    public long version() {
        return locked(() -> version);
    }

    /** A copy of the object, or null. The namespace is empty for cluster-scoped kinds. */
    public @Nullable ObjectNode get(Kind kind, String namespace, String name) {
        return locked(() -> {
            ObjectNode object = of(kind).get(key(namespace, name));
            return object == null ? null : object.deepCopy();
        });
    }

    /** All objects of the kind, in the namespace or, when that is empty, everywhere; ordered by key. For reading only. */
    public List<ObjectNode> list(Kind kind, String namespace) {
        return locked(() -> List.copyOf(within(of(kind), namespace).values()));
    }

    /**
     * The list as it was at an earlier version, found by taking back the changes since.
     *
     * @throws ApiFailure 410 when the history does not reach back that far
     */
    public List<ObjectNode> list(Kind kind, String namespace, long at) {
        return locked(() -> {
            if (at < compacted) {
                throw ApiFailure.expired("The provided continue parameter is too old to display a consistent list result. "
                        + "You can start a new list without the continue parameter.");
            }
            NavigableMap<String, ObjectNode> then = new TreeMap<>(of(kind));
            Iterator<Change> back = history.descendingIterator();
            while (back.hasNext()) {
                Change change = back.next();
                if (change.version() <= at) {
                    break;
                }
                if (change.kind().equals(kind)) {
                    String key = key(change.namespace(), change.name());
                    if (change.previous() == null) {
                        then.remove(key);
                    } else {
                        then.put(key, change.previous());
                    }
                }
            }
            return List.copyOf(within(then, namespace).values());
        });
    }

    /** Looked up and not searched: an agent asks for what is in one namespace of hundreds. */
    private static NavigableMap<String, ObjectNode> within(NavigableMap<String, ObjectNode> all, String namespace) {
        return namespace.isEmpty() ? all : all.subMap(key(namespace, ""), true, key(namespace, "\uffff"), false);
    }

    /** Keeps the object, new or changed, under the next version; returns it as kept. */
    ObjectNode put(Kind kind, ObjectNode object) {
        ObjectNode kept = object.deepCopy();
        Meta.of(kept).put("resourceVersion", Long.toString(++version));
        ObjectNode previous = of(kind).put(key(Meta.namespace(kept), Meta.name(kept)), kept);
        publish(new Change(previous == null ? Change.Type.ADDED : Change.Type.MODIFIED, kind, version, kept, previous));
        return kept.deepCopy();
    }

    /** Forgets the object; watchers see its last state under the next version. */
    void remove(Kind kind, ObjectNode object) {
        ObjectNode previous = of(kind).remove(key(Meta.namespace(object), Meta.name(object)));
        if (previous != null) {
            ObjectNode last = previous.deepCopy();
            Meta.of(last).put("resourceVersion", Long.toString(++version));
            publish(new Change(Change.Type.DELETED, kind, version, last, previous));
        }
    }

    private void publish(Change change) {
        history.addLast(change);
        while (history.size() > historyLength) {
            compacted = history.removeFirst().version();
        }
        watches.forEach(watch -> watch.offer(change));
        listeners.forEach(listener -> listener.accept(change));
    }

    /**
     * A watch of the kind from after that version.
     *
     * @throws ApiFailure 410 when the history does not reach back that far, 504 when the version has not been yet
     */
    public Watch watch(Kind kind, String namespace, long after) {
        return locked(() -> {
            if (after < compacted) {
                throw ApiFailure.expired("too old resource version: " + after + " (" + compacted + ")");
            }
            if (after > version) {
                throw ApiFailure.tooLargeVersion(after, version);
            }
            Watch watch = new Watch(kind, namespace, watches::remove);
            history.stream().filter(change -> change.version() > after).forEach(watch::offer);
            watches.add(watch);
            return watch;
        });
    }

    /** Tells of every change, in order, inside the write's lock: a listener only takes note. */
    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /** Ends all watches, as a restart of the API server would. */
    public void cutWatches() {
        watches.forEach(Watch::close);
    }

    /** Forgets the history: who asks for an older version now is told that it is gone. */
    public void compact() {
        locked(() -> {
            history.clear();
            compacted = version;
            return compacted;
        });
    }

    /** All objects of all kinds. For reading only. */
    public List<ObjectNode> dump() {
        return locked(() -> {
            List<ObjectNode> all = new ArrayList<>();
            objects.values().forEach(byKey -> all.addAll(byKey.values()));
            return all;
        });
    }

    /** Puts back an object of a dump, exactly as it was but for its version. */
    public void restore(Kind kind, ObjectNode object) {
        locked(() -> put(kind, object));
    }

    private NavigableMap<String, ObjectNode> of(Kind kind) {
        return objects.computeIfAbsent(kind, unused -> new TreeMap<>());
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
