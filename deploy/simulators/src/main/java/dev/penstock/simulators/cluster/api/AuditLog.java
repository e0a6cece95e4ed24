package dev.penstock.simulators.cluster.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was asked of the API, as an API server's audit log tells it: the latest requests, oldest first. Requests that a fault answered are not in it. */
public final class AuditLog {

    private static final int MOST = 50_000;

    /**
     * A request.
     *
     * @param resource with its subresource, if it was for one: {@code pods/log}
     * @param namespace empty: of the whole cluster
     * @param name empty: of all
     * @param validation the value of {@code fieldValidation}; empty: not given
     * @param carriedOut whether it was done; otherwise it was refused
     */
    public record Entry(String verb, String resource, String namespace, String name, String validation, boolean carriedOut) {

        /** Whether it was to change something. */
        public boolean writes() {
            return switch (verb) {
                case "create", "update", "patch", "delete", "deletecollection" -> true;
                default -> false;
            };
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>();

    synchronized void add(Entry entry) {
        if (entries.size() == MOST) {
            entries.removeFirst();
        }
        entries.add(entry);
    }

    /** Everything since the start, or since it was forgotten. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Begins anew. */
    public synchronized void forget() {
        entries.clear();
    }
}
