package dev.penstock.simulators.model;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated model server is to be.
 *
 * @param address where it listens
 * @param port the port there, 0 for any free one
 * @param engine what it pretends to run
 * @param apiKey what callers present, null when anybody may call
 * @param log where it keeps its account of what it produced, null to keep it in memory only
 * @param ids where the ids of answers come from when the caller gives none
 */
public record SimModelSettings(InetAddress address, int port, EngineSettings engine, @Nullable String apiKey, ModelPace pace,
        @Nullable Path log, Clock clock, Supplier<UUID> ids) {

    public SimModelSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port: must be between 0 and 65535");
        }
        if (apiKey != null && apiKey.isBlank()) {
            throw new IllegalArgumentException("apiKey: must not be blank");
        }
    }

    /** That engine on the loopback address, on any free port and as fast as it goes. */
    public static SimModelSettings quick(EngineSettings engine) {
        return new SimModelSettings(InetAddress.getLoopbackAddress(), 0, engine, null, ModelPace.quick(), null,
                Clock.systemUTC(), UUID::randomUUID);
    }

    /** A model that chats and calls tools, as tests use it. */
    public static SimModelSettings chat(String name) {
        return quick(EngineSettings.of(name));
    }

    /** A model that makes vectors, as tests use it. */
    public static SimModelSettings embeddings(String name) {
        return quick(EngineSettings.of(name).withTask(ModelTask.EMBED));
    }

    /** A model that puts documents into an order, as tests use it. */
    public static SimModelSettings reranker(String name) {
        return quick(EngineSettings.of(name).withTask(ModelTask.RERANK));
    }

    public SimModelSettings withAddress(InetAddress other, int itsPort) {
        return new SimModelSettings(other, itsPort, engine, apiKey, pace, log, clock, ids);
    }

    public SimModelSettings withEngine(EngineSettings other) {
        return new SimModelSettings(address, port, other, apiKey, pace, log, clock, ids);
    }

    public SimModelSettings withApiKey(@Nullable String key) {
        return new SimModelSettings(address, port, engine, key, pace, log, clock, ids);
    }

    public SimModelSettings withPace(ModelPace other) {
        return new SimModelSettings(address, port, engine, apiKey, other, log, clock, ids);
    }

    public SimModelSettings withLog(@Nullable Path file) {
        return new SimModelSettings(address, port, engine, apiKey, pace, file, clock, ids);
    }
}
