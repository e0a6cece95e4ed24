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

/** Opens one stream per portal session and service when the session's first tab opens, and closes both when it ends. */
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
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

    Live(PlatformBackendSettings platformBackend, QuotaServiceSettings quotaService, JsonMapper json) {
        this.platformBackend = platformBackend;
        this.quotaService = quotaService;
        this.json = json;
        this.http = Contracts.httpClient(platformBackend.connectTimeout());
    }

    /** The feed of the present browser's session; a silent one when nobody is signed in. */
    public ChangeFeed feed() {
        VaadinSession vaadin = VaadinSession.getCurrent();
        ChangeFeed known = vaadin.getAttribute(ChangeFeed.class);
        if (known != null) {
            return known;
        }
        var feed = new ChangeFeed();
        vaadin.setAttribute(ChangeFeed.class, feed);
        PortalSession session = PortalSession.of(vaadin);
        if (session != null) {
            List<EventStream> opened = List.of(
                    new EventStream(http, platformBackend.url(), session, feed, json, backoff).start(),
                    new EventStream(http, quotaService.url(), session, feed, json, backoff).start());
            streams.addAll(opened);
            session.whenOver(() -> {
                close(opened);
                feed.over();
            });
            vaadin.addSessionDestroyListener(destroyed -> close(opened));
        }
        return feed;
    }

    @Scheduled(fixedDelayString = "PT15S")
    void dropDeadConnections() {
        streams.forEach(stream -> stream.dropIfSilentFor(DEAD_AFTER));
    }

    private void close(List<EventStream> opened) {
        opened.forEach(EventStream::close);
        opened.forEach(streams::remove);
    }
}
