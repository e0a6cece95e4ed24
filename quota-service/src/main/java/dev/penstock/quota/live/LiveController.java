package dev.penstock.quota.live;

import dev.penstock.contract.Change;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.live.LiveStreams;
import dev.penstock.quota.access.Access;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The stream of changes. It ends with the caller's token; they come back with a fresh one and their cursor. */
@RestController
class LiveController {

    private final LiveStreams streams;
    private final Access access;

    LiveController(LiveStreams streams, Access access) {
        this.streams = streams;
        this.access = access;
    }

    @GetMapping(path = Change.PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Audited(action = "live.read", subject = "live")
    public SseEmitter live(@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String cursor) {
        return streams.stream(access.sight(), cursor, access.caller().expires());
    }
}
