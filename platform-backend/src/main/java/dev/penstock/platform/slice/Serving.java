package dev.penstock.platform.slice;

import dev.penstock.contract.EndpointId;
import java.util.List;

/**
 * What a slice of kind {@code SERVING} was approved for: a model server instead of a workspace. It never changes, as little as the vector.
 *
 * @param endpoint whose model server it is
 * @param model id in the catalogue, for people
 * @param engine what serves it, for example {@code vllm}
 * @param weights what the engine is told to load
 * @param servedName the name the engine knows the model by
 * @param contextTokens longest context it is to serve
 * @param args further arguments of the engine, from the catalogue
 */
public record Serving(EndpointId endpoint, String model, String engine, String weights, String servedName, long contextTokens, List<String> args) {

    public Serving {
        args = List.copyOf(args);
        if (contextTokens < 1) {
            throw new IllegalArgumentException("a model server serves at least one token of context: " + contextTokens);
        }
    }
}
