package dev.penstock.bench.canary;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** All canaries of a run. Many threads make them. */
public final class Flock {

    /** Of keys too, so that a wrong one can be made of it. */
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 32;

    private final RandomGenerator random;
    private final Map<String, Canary> all = new ConcurrentHashMap<>();

    public Flock(RandomGenerator random) {
        this.random = random;
    }

    /** One that nobody else has. */
    public Canary mint(Kind kind) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return add(kind, text.toString());
    }

    /** A secret that somebody else made, of which the last characters are enough. */
    public Canary add(Kind kind, String secret) {
        Canary canary = new Canary(kind, secret.substring(Math.max(0, secret.length() - LENGTH)));
        all.put(canary.text(), canary);
        return canary;
    }

    public Collection<Canary> all() {
        return all.values();
    }

    /** How many there are of each kind. */
    public Map<Kind, Long> counts() {
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        Arrays.stream(Kind.values()).forEach(kind -> counts.put(kind, 0L));
        all.values().forEach(canary -> counts.merge(canary.kind(), 1L, Long::sum));
        return counts;
    }

    /** To search for those that there are now, in all forms. */
    public Index index() {
        Map<Long, Sighting[]> patterns = new HashMap<>();
        for (Canary canary : all.values()) {
            for (Form form : Form.values()) {
                Sighting[] one = {new Sighting(canary, form)};
                patterns.merge(Index.hash(form.of(canary.text())), one, Flock::joined);
            }
        }
        return new Index(patterns);
    }

    private static Sighting[] joined(Sighting[] some, Sighting[] more) {
        Sighting[] both = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, both, some.length, more.length);
        return both;
    }
}
