package dev.penstock.quota.underway;

import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Intent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;

/** What is under way at one endpoint, in the order it began. Guarded by its owner. */
final class EndpointLoad {

    private record Open(Instant ts, long input, long output) {}

    private final SequencedMap<Attempt, Open> open = new LinkedHashMap<>();
    private long input;
    private long output;

    /** An engine may count the prompt once for each answer. */
    void add(Intent intent) {
        Open added = new Open(intent.ts(), Math.multiplyExact(intent.input(), (long) intent.answers()), intent.output());
        open.put(intent.attempt(), added);
        input = Math.addExact(input, added.input());
        output = Math.addExact(output, added.output());
    }

    boolean isEmptyWithout(Attempt attempt) {
        Open removed = Objects.requireNonNull(open.remove(attempt), "an attempt that is not under way here");
        input -= removed.input();
        output -= removed.output();
        return open.isEmpty();
    }

    Load now() {
        return new Load(open.size(), input, output, open.sequencedValues().getFirst().ts());
    }
}
