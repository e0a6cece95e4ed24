package dev.penstock.simulators.model;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** What all calls of one server share. */
record Engine(EngineSettings settings, ModelPace pace, Seats seats, ModelMetrics metrics, PrefixCache prefixes, Clock clock) {

    static Engine of(EngineSettings settings, ModelPace pace, Clock clock) {
        Seats seats = new Seats(settings.maxNumSeqs());
        return new Engine(settings, pace, seats, new ModelMetrics(settings, seats, clock.instant()), new PrefixCache(), clock);
    }

    Instant now() {
        return clock.instant();
    }

    /** Reads prompts; tells how many of their tokens did not have to be computed. */
    int readPrompts(List<Prompt> prompts, String salt) {
        if (!settings.prefixCaching()) {
            return 0;
        }
        int cached = 0;
        for (Prompt prompt : prompts) {
            int found = prefixes.read(prompt, salt);
            metrics.cacheQueries.add(prompt.tokens());
            metrics.cacheHits.add(found);
            cached += found;
        }
        return cached;
    }
}
