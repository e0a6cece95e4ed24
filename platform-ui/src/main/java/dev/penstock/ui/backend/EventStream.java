package dev.penstock.ui.backend;

import dev.penstock.contract.Change;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The changes one service tells one portal session, for as long as the session lasts. The service ends the stream when its token
 * expires; this reconnects with a fresh token and the cursor of the last change, so that nothing is missed and nothing comes twice. When the service
 * cannot resume, it says so ({@code reset}), and readers load everything anew.
 */
final class EventStream implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final HttpClient http;
    private final URI address;
    private final PortalSession session;
    private final ChangeFeed feed;
    private final JsonMapper json;
    private final Backoff backoff;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable InputStream> open = new AtomicReference<>();
    private volatile long lastHeardNanos = System.nanoTime();
    private @Nullable String cursor;

    /** @param service the service's address; its changes are under {@link Change#PATH} */
    EventStream(HttpClient http, URI service, PortalSession session, ChangeFeed feed, JsonMapper json, Backoff backoff) {
        this.http = http;
        this.address = service.resolve(Change.PATH);
        this.session = session;
        this.feed = feed;
        this.json = json;
        this.backoff = backoff;
    }

    /** Listens in a thread of its own until closed. */
    EventStream start() {
        Thread.ofVirtual().name("changes of " + address.getAuthority()).start(this::listen);
        return this;
    }

    /** Ends a connection that has been silent for so long that it must be dead; the next one resumes. */
    void dropIfSilentFor(Duration silence) {
        if (System.nanoTime() - lastHeardNanos > silence.toNanos()) {
            drop();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        drop();
    }

    private void listen() {
        int failures = 0;
        while (isOpen()) {
            try {
                failures = connectOnce() ? 0 : failures + 1;
            } catch (SignedOut over) {
                return;
            } catch (IOException | BackendProblem unreachable) {
                failures++;
                log.debug("Changes of {} are interrupted: {}", address, unreachable.getMessage());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
            if (!waited(backoff.after(failures))) {
                return;
            }
        }
    }

    /** @return whether the service accepted us; a stream that then ends is ordinary, as its token expires */
    private boolean connectOnce() throws IOException, InterruptedException {
        String token = session.accessToken();
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token);
        if (cursor != null) {
            request.header(LAST_EVENT_ID, cursor);
        }
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                log.debug("{} answered {}", address, response.statusCode());
                if (response.statusCode() == 401) {
                    session.accessTokenInsteadOf(token); // Revoked, or the provider changed its keys.
                }
                return false;
            }
            open.set(body);
            lastHeardNanos = System.nanoTime();
            if (!isOpen()) {
                return true;
            }
            read(new ServerSentEvents(body, () -> lastHeardNanos = System.nanoTime()));
            return true;
        } finally {
            open.set(null);
        }
    }

    private void read(ServerSentEvents events) throws IOException {
        for (var event = events.next(); event != null; event = events.next()) {
            boolean resumed = cursor != null;
            if (event.id() != null) {
                cursor = event.id();
            }
            switch (event.name()) {
                case "change" -> tell(event.data());
                case "hello" -> {
                    if (!resumed) {
                        feed.missed(); // What changed before we listened is unknown.
                    }
                }
                case "reset" -> feed.missed(); // Our cursor is too old to resume from.
                default -> log.debug("{} sent an event named {}", address, event.name());
            }
        }
    }

    private void tell(String data) {
        try {
            feed.tell(json.readValue(data, Change.class));
        } catch (JacksonException notOurs) {
            log.warn("A change from {} cannot be read, so everything is loaded anew: {}", address, notOurs.getMessage());
            feed.missed();
        }
    }

    private void drop() {
        InputStream body = open.get();
        if (body != null) {
            try {
                body.close();
            } catch (IOException alreadyGone) {
                log.trace("closing a dead stream", alreadyGone);
            }
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    /** @return false when closed meanwhile */
    private boolean waited(Duration time) {
        try {
            return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
