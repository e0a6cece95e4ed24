package dev.penstock.platform.workspace;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The proxy in front of workspaces, and its bounds.
 *
 * @param address below which each workspace has a host of its own, such as {@code https://workspaces.example.com}; port 0: that of the listener; null: no
 *     proxy runs, and workspaces that are opened in a browser cannot be
 * @param portal where people are sent who come without a session; null: they are told in words
 * @param host to listen at
 * @param port to listen at; 0: any
 * @param ticketLife how long a ticket may wait to be used
 * @param sessionLife after which a person has to come by the portal again
 * @param checkEvery how old what is known of a session may be: so long does a revocation take
 * @param mostHeaders of a request
 * @param mostBody of a request
 * @param mostCalls under way at once, web sockets included
 * @param mostStrangers whose ticket or session is not known yet and is looked up, at once
 * @param mostOpen connections of browsers
 * @param headTime in which a new connection must have said what it asks for
 * @param restTime in which the next request must come on a connection that was answered
 * @param mostConnections to one workspace, web sockets aside
 * @param connectTime in which a workspace must take a connection
 * @param idleTime the longest pause of either side
 * @param stopTime how long calls may go on when the program stops
 */
@ConfigurationProperties(prefix = "penstock.workspaces", ignoreUnknownFields = false)
record WorkspaceSettings(
        @Nullable URI address,
        @Nullable URI portal,
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("8091") int port,
        @DefaultValue("1m") Duration ticketLife,
        @DefaultValue("4h") Duration sessionLife,
        @DefaultValue("2s") Duration checkEvery,
        @DefaultValue("32KB") DataSize mostHeaders,
        @DefaultValue("256MB") DataSize mostBody,
        @DefaultValue("2000") int mostCalls,
        @DefaultValue("100") int mostStrangers,
        @DefaultValue("4000") int mostOpen,
        @DefaultValue("10s") Duration headTime,
        @DefaultValue("1m") Duration restTime,
        @DefaultValue("32") int mostConnections,
        @DefaultValue("2s") Duration connectTime,
        @DefaultValue("10m") Duration idleTime,
        @DefaultValue("2s") Duration stopTime) {

    WorkspaceSettings {
        if (address != null) {
            check(address);
        }
        if (port < 0 || port > 65_535 || mostCalls < 1 || mostStrangers < 1 || mostOpen < 1 || mostConnections < 1 || mostHeaders.toBytes() < 1 || mostBody.toBytes() < 1) {
            throw new IllegalArgumentException("penstock.workspaces: port is from 0 to 65535, and every bound is at least 1");
        }
        for (Duration time : List.of(ticketLife, sessionLife, checkEvery, headTime, restTime, connectTime, idleTime, stopTime)) {
            if (time.toMillis() < 1) {
                throw new IllegalArgumentException("penstock.workspaces: every time is longer than nothing");
            }
        }
    }

    private static void check(URI address) {
        String host = address.getHost();
        boolean bare = (address.getPath() == null || address.getPath().isEmpty()) && address.getQuery() == null && address.getUserInfo() == null;
        if (host == null || !bare) {
            throw new IllegalArgumentException("penstock.workspaces.address is a scheme, a host and perhaps a port: " + address);
        }
        boolean loopback = host.equals("localhost") || host.endsWith(".localhost");
        if (!"https".equals(address.getScheme()) && !("http".equals(address.getScheme()) && loopback)) {
            throw new IllegalArgumentException("penstock.workspaces.address begins with https://, or with http:// below localhost: " + address);
        }
    }
}
