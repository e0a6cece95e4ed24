package dev.penstock.quota.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The bounds of the data path.
 *
 * @param host to listen at
 * @param port to listen at; 0: any, on one event loop
 * @param eventLoops threads that relay; none: as many as there are processors
 * @param mostHeaders of a request
 * @param mostBody of a request
 * @param mostAnswer of a model, when it is not streamed
 * @param mostEvent of a stream
 * @param mostChoices answers to one prompt
 * @param mostDocuments to rank in one call
 * @param mostCalls under way at once; more are turned away before anything is read
 * @param mostCallsPerHolder under way at once for one key, or one person in one project
 * @param admissionThreads attempts that ask the database at once; as many connections should be there
 * @param admissionQueue attempts that wait for that; more are turned away
 * @param mostConnections to one engine, divided among event loops and rounded up; more calls wait for one
 * @param bodyTime in which a request must have arrived
 * @param connectTime in which an engine must take a connection
 * @param firstByteTime in which an engine must begin to answer
 * @param idleTime the longest pause of an engine in the middle of an answer, and of a client in reading it
 * @param totalTime of one attempt
 * @param drainTime how long an engine is listened to for what it counted after the client went away
 * @param stopTime how long calls may go on when the program stops
 * @param callLog whether a line is written for each call
 * @param callLogQueue lines that wait to be written; more are dropped
 * @param anthropicBetas names that may go along in {@code anthropic-beta} with calls of Messages that pass as they are
 */
@ConfigurationProperties(prefix = "penstock.gateway", ignoreUnknownFields = false)
record GatewaySettings(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("8090") int port,
        @Nullable Integer eventLoops,
        @DefaultValue("16KB") DataSize mostHeaders,
        @DefaultValue("4MB") DataSize mostBody,
        @DefaultValue("32MB") DataSize mostAnswer,
        @DefaultValue("1MB") DataSize mostEvent,
        @DefaultValue("16") int mostChoices,
        @DefaultValue("1000") int mostDocuments,
        @DefaultValue("2000") int mostCalls,
        @DefaultValue("500") int mostCallsPerHolder,
        @DefaultValue("8") int admissionThreads,
        @DefaultValue("500") int admissionQueue,
        @DefaultValue("500") int mostConnections,
        @DefaultValue("30s") Duration bodyTime,
        @DefaultValue("2s") Duration connectTime,
        @DefaultValue("120s") Duration firstByteTime,
        @DefaultValue("60s") Duration idleTime,
        @DefaultValue("15m") Duration totalTime,
        @DefaultValue("10s") Duration drainTime,
        @DefaultValue("5s") Duration stopTime,
        @DefaultValue("false") boolean callLog,
        @DefaultValue("10000") int callLogQueue,
        @DefaultValue List<String> anthropicBetas) {

    /** As Anthropic calls them, such as {@code interleaved-thinking-2025-05-14}. */
    private static final Pattern BETA = Pattern.compile("[a-z0-9][a-z0-9.-]{0,79}");

    GatewaySettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("penstock.gateway.port is " + port);
        }
        Map.of("event-loops", loops(eventLoops), "most-choices", mostChoices, "most-documents", mostDocuments, "most-calls", mostCalls,
                        "most-calls-per-holder", mostCallsPerHolder,
                        "admission-threads", admissionThreads, "admission-queue", admissionQueue, "most-connections", mostConnections,
                        "call-log-queue", callLogQueue)
                .forEach((name, value) -> require(value > 0, name, value));
        Map.of("most-headers", mostHeaders, "most-body", mostBody, "most-answer", mostAnswer, "most-event", mostEvent)
                .forEach((name, value) -> require(value.toBytes() > 0 && value.toBytes() <= 1 << 30, name, value));
        Map.of("body-time", bodyTime, "connect-time", connectTime, "first-byte-time", firstByteTime, "idle-time", idleTime, "total-time", totalTime,
                        "drain-time", drainTime, "stop-time", stopTime)
                .forEach((name, value) -> require(value.toMillis() > 0, name, value));
        anthropicBetas = List.copyOf(anthropicBetas);
        anthropicBetas.forEach(beta -> require(BETA.matcher(beta).matches(), "anthropic-betas", beta));
    }

    /** How many event loops there are. */
    int loops() {
        return loops(eventLoops);
    }

    /** More threads than processors would only take turns. */
    private static int loops(@Nullable Integer asked) {
        return asked == null ? Runtime.getRuntime().availableProcessors() : asked;
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("penstock.gateway." + name + " is " + value);
        }
    }
}
