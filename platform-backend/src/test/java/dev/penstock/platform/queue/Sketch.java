package dev.penstock.platform.queue;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of a queue, written as people write them. A slice is its team's letter and a number, such as {@code a1}, the oldest first;
 * marks after it: {@code x2} it needs two parts, {@code !} a model is served with it, {@code *} it has notice, {@code -} it is going,
 * {@code +} it is coming, {@code ~} its lease ends before a notice would, or would if it came up now, {@code ?} quota-service refuses it,
 * {@code ^} its reservation has begun. What is reserved is a team's letter with the minutes from now, such as {@code a1@30-90}.
 */
final class Sketch {

    static final String DEVICE = "H100";
    static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    static final Duration NOTICE = Duration.ofMinutes(10);

    private final Map<String, SliceId> ids = new HashMap<>();
    private final Map<SliceId, String> names = new HashMap<>();

    Picture picture(int offered, String guarantees, String weights, String elsewhere, String held, String waiting) {
        return picture(offered, guarantees, weights, elsewhere, "", held, waiting);
    }

    /** @param elsewhere GPU parts borrowed on another device, of 8,400 there, such as {@code a=840} */
    Picture picture(int offered, String guarantees, String weights, String elsewhere, String reserved, String held, String waiting) {
        Map<TenantId, Terms> terms = new HashMap<>();
        Map<String, Integer> guaranteed = numbers(guarantees);
        Map<String, Integer> weight = numbers(weights);
        Map<String, Integer> borrowed = numbers(elsewhere);
        for (String team : List.of("a", "b", "c", "d")) {
            Integer there = borrowed.get(team);
            terms.put(tenant(team), new Terms(
                    guaranteed.getOrDefault(team, 0), weight.getOrDefault(team, 1), there == null ? Map.of() : Map.of("H200", (long) there)));
        }
        List<Held> holding = new ArrayList<>();
        for (String word : words(held)) {
            holding.add(held(word, NOON.minusSeconds(100_000).plusSeconds(holding.size())));
        }
        List<Waiting> queued = new ArrayList<>();
        for (String word : words(waiting)) {
            queued.add(new Waiting(
                    tenant(word.substring(0, 1)), slice(word), size(word), NOON.minusSeconds(1_000).plusSeconds(queued.size()), !word.contains("?"),
                    word.contains("!"), word.contains("!") ? null : leaseEnd(word), word.contains("^"), null));
        }
        Picture.Kind kind = new Picture.Kind(DEVICE, 120, true, Map.of(DEVICE, Math.max(1, offered) * 120L, "H200", 8_400L));
        Calendar calendar = new Calendar(offered, words(reserved).stream().map(this::booked).toList(), NOTICE, Duration.ofMinutes(30));
        int free = offered - holding.stream().mapToInt(Held::size).sum();
        return new Picture(kind, () -> new Sum(free), holding, queued, terms, calendar, NOON, NOON.plus(NOTICE));
    }

    private Held held(String word, Instant since) {
        Held.Motion motion = word.contains("-") ? Held.Motion.GOING : word.contains("+") ? Held.Motion.COMING : Held.Motion.STAYING;
        Instant notice = word.contains("*") ? NOON.plus(Duration.ofMinutes(2)) : null;
        return new Held(tenant(word.substring(0, 1)), slice(word), size(word), since, word.contains("!"), motion, leaseEnd(word), notice,
                word.contains("^") ? leaseEnd(word) : null);
    }

    private static Instant leaseEnd(String word) {
        return NOON.plus(word.contains("~") ? Duration.ofMinutes(5) : Duration.ofHours(8));
    }

    private Booked booked(String text) {
        String[] parts = text.split("[@-]");
        return new Booked(tenant(text.substring(0, 1)), slice(parts[0]), size(parts[0]), minutes(parts[1]), minutes(parts[2]));
    }

    private static Instant minutes(String number) {
        return NOON.plus(Duration.ofMinutes(Long.parseLong(number)));
    }

    static TenantId tenant(String letter) {
        return new TenantId(new UUID(0, letter.charAt(0)));
    }

    private SliceId slice(String word) {
        String name = word.replaceAll("x[0-9]+", "").replaceAll("[^a-z0-9]", "");
        SliceId id = ids.computeIfAbsent(name, fresh -> new SliceId(new UUID(fresh.charAt(0), Long.parseLong(fresh.substring(1)))));
        names.put(id, name);
        return id;
    }

    String name(SliceId slice) {
        return String.valueOf(names.get(slice));
    }

    private static int size(String word) {
        int at = word.indexOf('x');
        return at < 0 ? 1 : Integer.parseInt(word.substring(at + 1).replaceAll("[^0-9]", ""));
    }

    static List<String> words(@Nullable String text) {
        return text == null || text.isBlank() ? List.of() : Arrays.asList(text.strip().split(" +"));
    }

    private static Map<String, Integer> numbers(String text) {
        Map<String, Integer> numbers = new TreeMap<>();
        words(text).forEach(word -> numbers.put(word.substring(0, 1), Integer.valueOf(word.substring(2))));
        return numbers;
    }

    /** One heap: whatever is free will do. */
    static final class Sum implements Space {

        private int free;

        Sum(int free) {
            this.free = Math.max(0, free);
        }

        @Override
        public int free() {
            return free;
        }

        @Override
        public Optional<String> take(TenantId tenant, int size, @Nullable String within) {
            boolean fits = size <= free;
            free -= fits ? size : 0;
            return fits ? Optional.of("") : Optional.empty();
        }

        @Override
        public void keep(int count) {
            free -= count;
        }
    }
}
