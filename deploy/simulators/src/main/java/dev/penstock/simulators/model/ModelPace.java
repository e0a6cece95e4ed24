package dev.penstock.simulators.model;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param loading until the weights are loaded
 * @param firstToken from a free place to the first token
 * @param perToken between two tokens of one call
 */
public record ModelPace(Duration loading, Duration firstToken, Duration perToken) {

    /** As people would watch it: six seconds of loading, fifty tokens a second. */
    public static ModelPace lifelike() {
        return new ModelPace(Duration.ofSeconds(6), Duration.ofMillis(120), Duration.ofMillis(20));
    }

    /** As tests want it: everything at once. */
    public static ModelPace quick() {
        return new ModelPace(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}
