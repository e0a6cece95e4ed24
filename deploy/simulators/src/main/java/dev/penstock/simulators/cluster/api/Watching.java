package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Change.Type;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.cluster.store.Watch;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.Exchange;
import dev.penstock.simulators.http.MessageSink;
import dev.penstock.simulators.http.Request;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Watches: the changes since a version, as they come. */
final class Watching {

    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Store store;
    private final Duration bookmarks;
    private final Clock clock;

    Watching(Store store, Duration bookmarks, Clock clock) {
        this.store = store;
        this.bookmarks = bookmarks;
        this.clock = clock;
    }

    /** What there is when a watch does not say from where, and the watch that goes on from there. */
    private record Start(List<ObjectNode> present, Watch watch) {
    }

    void watch(Exchange exchange, Target target) throws IOException, InterruptedException {
        Request request = exchange.request();
        Selection selection = Selection.of(request, target);
        String seconds = request.parameter("timeoutSeconds");
        Instant end = clock.instant().plus(seconds.matches("[1-9]\\d{0,5}")
                ? Duration.ofSeconds(Integer.parseInt(seconds)) : LONGEST);
        Start start;
        try {
            start = start(request, target);
        } catch (ApiFailure refused) {
            // The API server answers this inside the stream, where clients look for it.
            try (MessageSink sink = exchange.stream(Answers.JSON)) {
                sink.send(event("ERROR", refused.status()));
            }
            return;
        }
        try (Watch watch = start.watch(); MessageSink sink = exchange.stream(Answers.JSON)) {
            exchange.onHangUp(watch::close);
            for (ObjectNode object : start.present()) {
                if (selection.has(object)) {
                    sink.send(event("ADDED", object));
                }
            }
            relay(watch, selection, target, end, request.flag("allowWatchBookmarks"), sink);
        }
    }

    private Start start(Request request, Target target) {
        String version = request.parameter("resourceVersion");
        if (!version.isEmpty() && !version.equals("0")) {
            return new Start(List.of(), store.watch(target.kind(), target.namespace(), Lists.version(version)));
        }
        return store.locked(() -> new Start(store.list(target.kind(), target.namespace()),
                store.watch(target.kind(), target.namespace(), store.version())));
    }

    private void relay(Watch watch, Selection selection, Target target, Instant end, boolean wantsBookmarks, MessageSink sink)
            throws IOException, InterruptedException {
        while (true) {
            Duration left = Duration.between(clock.instant(), end);
            if (left.isNegative() || left.isZero()) {
                return;
            }
            Change change = watch.next(left.compareTo(bookmarks) < 0 ? left : bookmarks);
            if (change != null) {
                byte[] message = message(change, selection);
                if (message != null) {
                    sink.send(message);
                }
            } else if (watch.isClosed()) {
                return;
            } else if (wantsBookmarks) {
                bookmark(watch, target, sink);
            }
        }
    }

    /** To a selective watcher an object appears when it begins to match and is deleted when it no longer does. */
    private static byte @Nullable [] message(Change change, Selection selection) {
        ObjectNode previous = change.previous();
        ObjectNode matching = previous != null && selection.has(previous) ? previous : null;
        boolean now = change.type() != Type.DELETED && selection.has(change.object());
        if (now) {
            return event(matching != null ? "MODIFIED" : "ADDED", change.object());
        }
        if (matching == null) {
            return null;
        }
        ObjectNode last = matching.deepCopy();
        Json.within(last, "metadata").put("resourceVersion", Long.toString(change.version()));
        return event("DELETED", last);
    }

    /** Tells how far the watcher is; only when nothing is under way to it, or it would skip that after a reconnect. */
    private void bookmark(Watch watch, Target target, MessageSink sink) throws IOException {
        long version = store.locked(() -> watch.isReadOut() ? store.version() : 0L);
        if (version > 0) {
            ObjectNode object = Json.object().put("kind", target.kind().kind()).put("apiVersion", target.kind().apiVersion());
            object.putObject("metadata").put("resourceVersion", Long.toString(version));
            sink.send(event("BOOKMARK", object));
        }
    }

    private static byte[] event(String type, ObjectNode object) {
        ObjectNode event = Json.object().put("type", type);
        event.set("object", object);
        return Answers.bytes(event);
    }
}
