package dev.penstock.ui.backend;

import com.vaadin.flow.server.VaadinSession;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** One stream per portal session and service, shared by its tabs. */
@Component
public class Live {

    /** Services send a comment every 10 s; several in a row are not lost by chance. */
    private static final Duration DEAD_AFTER = Duration.ofSeconds(45);

    private final PlatformBackendSettings platformBackend;
    private final QuotaServiceSettings quotaService;
    private final JsonMapper json;
    private final HttpClient http;
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(15), RandomGenerator.getDefault());
    private final Set<SessionStreams> sessions = ConcurrentHashMap.newKeySet();

    Live(PlatformBackendSettings platformBackend, QuotaServiceSettings quotaService, JsonMapper json) {
        this.platformBackend = platformBackend;
        this.quotaService = quotaService;
        this.json = json;
        this.http = Contracts.httpClient(platformBackend.connectTimeout());
    }

    /**
     * Tells the listener what changes, until it stops or the session ends.
     *
     * @return stops it
     */
    public Runnable listen(ChangeFeed.Listener listener) {
        VaadinSession vaadin = VaadinSession.getCurrent();
        SessionStreams known = vaadin.getAttribute(SessionStreams.class);
        return (known == null ? streams(vaadin) : known).listen(listener);
    }

    private SessionStreams streams(VaadinSession vaadin) {
        var feed = new ChangeFeed();
        PortalSession session = PortalSession.of(vaadin);
        var opened = new SessionStreams(feed, () -> session == null ? List.of() : open(session, feed));
        vaadin.setAttribute(ChangeFeed.class, feed);
        vaadin.setAttribute(SessionStreams.class, opened);
        if (session != null) {
            sessions.add(opened);
            session.whenOver(() -> end(opened));
            vaadin.addSessionDestroyListener(destroyed -> end(opened));
        }
        return opened;
    }

    private List<EventStream> open(PortalSession session, ChangeFeed feed) {
        return List.of(
                new EventStream(http, platformBackend.url(), session, feed, json, backoff).start(),
                new EventStream(http, quotaService.url(), session, feed, json, backoff).start());
    }

    private void end(SessionStreams streams) {
        if (sessions.remove(streams)) {
            streams.end();
        }
    }

    @Scheduled(fixedDelayString = "PT15S")
    void dropDeadConnections() {
        sessions.forEach(streams -> streams.dropIfSilentFor(DEAD_AFTER));
    }
}
