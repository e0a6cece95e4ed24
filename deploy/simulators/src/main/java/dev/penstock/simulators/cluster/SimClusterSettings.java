package dev.penstock.simulators.cluster;

import dev.penstock.simulators.cluster.controller.Pace;
import dev.penstock.simulators.cluster.fleet.Fleet;
import dev.penstock.simulators.model.ModelPace;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated cluster is to be.
 *
 * @param port the port on the loopback address, 0 for any free one
 * @param token the bearer token callers must present
 * @param history how many changes are remembered for watches; older versions get 410
 * @param bookmarks how often a quiet watch is told how far it is
 * @param state where the cluster is kept across restarts, null to start empty each time
 * @param models how fast model servers in pods load and answer
 * @param ids where uids come from
 */
public record SimClusterSettings(int port, String token, Fleet fleet, Pace pace, int history, Duration bookmarks,
        @Nullable Path state, ModelPace models, Clock clock, Supplier<UUID> ids) {

    private static final int HISTORY = 1000;
    private static final Duration BOOKMARKS = Duration.ofSeconds(30);

    public SimClusterSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port: must be between 0 and 65535");
        }
        if (token.isBlank()) {
            throw new IllegalArgumentException("token: must be given");
        }
        if (history < 1) {
            throw new IllegalArgumentException("history: must be at least 1");
        }
    }

    /** As people would use it: nodes of every kind at a lifelike pace. */
    public static SimClusterSettings lifelike(int port, String token) {
        return new SimClusterSettings(port, token, Fleet.ofEveryKind(), Pace.lifelike(), HISTORY, BOOKMARKS, null,
                ModelPace.lifelike(), Clock.systemUTC(), UUID::randomUUID);
    }

    /** As tests use it: the standard fleet, any port, and as fast as it goes. */
    public static SimClusterSettings quick(String token) {
        return lifelike(0, token).withFleet(Fleet.standard()).withPace(Pace.quick()).withModels(ModelPace.quick());
    }

    public SimClusterSettings withPace(Pace other) {
        return new SimClusterSettings(port, token, fleet, other, history, bookmarks, state, models, clock, ids);
    }

    public SimClusterSettings withFleet(Fleet other) {
        return new SimClusterSettings(port, token, other, pace, history, bookmarks, state, models, clock, ids);
    }

    public SimClusterSettings withHistory(int changes) {
        return new SimClusterSettings(port, token, fleet, pace, changes, bookmarks, state, models, clock, ids);
    }

    public SimClusterSettings withBookmarks(Duration every) {
        return new SimClusterSettings(port, token, fleet, pace, history, every, state, models, clock, ids);
    }

    public SimClusterSettings withState(Path file) {
        return new SimClusterSettings(port, token, fleet, pace, history, bookmarks, file, models, clock, ids);
    }

    public SimClusterSettings withModels(ModelPace other) {
        return new SimClusterSettings(port, token, fleet, pace, history, bookmarks, state, other, clock, ids);
    }
}
