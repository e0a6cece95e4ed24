package dev.penstock.quota.allotment;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What PostgreSQL refused a moment ago, so that thousands who ask for the same are not each told by it. Who lacks less than was refused is sent
 * to ask: it may fit. What becomes free here is taken before anybody looks in here.
 */
final class Refusals {

    private record Remembered(Drawing.Refusal refusal, long until) {

        boolean covers(Taking.Lack lack, long now) {
            return until - now > 0 && lack.lacking().compareTo(refusal.needed()) >= 0;
        }
    }

    private final long memory;
    private final Map<PotId, Remembered> refused = new HashMap<>();

    Refusals(Duration memory) {
        this.memory = memory.toNanos();
    }

    /** @param asked when the question was sent; nanoseconds */
    synchronized void remember(List<Drawing.Refusal> refusals, long asked) {
        refused.values().removeIf(remembered -> remembered.until() - asked <= 0);
        refusals.forEach(refusal -> refused.put(refusal.pot(), new Remembered(refusal, asked + memory)));
    }

    /** Which of these lacks would be refused for certain, a moment ago. */
    synchronized Optional<Drawing.Refusal> find(List<Taking.Lack> lacks, long now) {
        return lacks.stream()
                .flatMap(lack -> Optional.ofNullable(refused.get(lack.pot())).filter(remembered -> remembered.covers(lack, now)).stream())
                .map(Remembered::refusal)
                .findFirst();
    }
}
