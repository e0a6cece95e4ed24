package dev.penstock.quota.journal;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a journal says of the attempts that its process left. Pure.
 *
 * <pre>
 * its end was told                           it is settled as told
 * alive, something was read or delivered     at the last count that was read; what was produced beyond is not known and not charged
 * alive, sent, nothing came                  nobody pays
 * alive, never sent                          at nothing
 * promised, and nothing else is left         at its bound: it may have been sent, and its slot is damaged, or older than the intent
 * not in here                                is found by its epoch, and settled at its bound
 * </pre>
 *
 * <p>An end is a fact by itself: settling it twice, late, or in another order changes nothing. An intent may outlive the end of its attempt, when
 * that stood in a file that went before; then the attempt is in the books, and its bound changes nothing either.
 *
 * @param ends one for each attempt, with its intent if that is here
 * @param files what each file says anything of; it is needed until all of them are settled
 * @param torn name and readable size of a segment whose end is to be cut
 * @param told ends that were told
 * @param alive attempts that were alive
 * @param promised attempts of which only the intent is left
 * @param damaged slots that cannot be read
 */
record Replay(
        Map<Attempt, Ended> ends, Map<String, List<Attempt>> files, Map.@Nullable Entry<String, Integer> torn, int told, int alive, int promised, int damaged) {

    /**
     * @param segments by name, in the order they were made
     * @param progress by name
     * @throws JournalUnusable naming the file that is damaged
     */
    static Replay of(SortedMap<String, ByteBuffer> segments, SortedMap<String, ByteBuffer> progress) {
        Map<Attempt, Settlement> ends = new LinkedHashMap<>();
        Map<Attempt, Intent> intents = new LinkedHashMap<>();
        Map<String, List<Attempt>> files = new HashMap<>();
        Map.Entry<String, Integer> torn = null;
        for (Map.Entry<String, ByteBuffer> file : segments.entrySet()) {
            SegmentImage segment = segment(file);
            if (segment.torn()) {
                torn = Map.entry(file.getKey(), segment.size());
                requireLast(segments, torn);
            }
            segment.ends().forEach(end -> ends.putIfAbsent(end.attempt(), end));
            // One that is here twice was written again after a disk had refused it, as it was.
            segment.intents().forEach(intent -> intents.putIfAbsent(intent.attempt(), intent));
            files.put(file.getKey(), segment.attempts());
        }
        int told = ends.size();
        int damaged = 0;
        for (Map.Entry<String, ByteBuffer> file : progress.entrySet()) {
            ProgressImage slots = progress(file);
            slots.alive().forEach(end -> ends.putIfAbsent(end.attempt(), end));
            files.put(file.getKey(), slots.alive().stream().map(Settlement::attempt).distinct().toList());
            damaged += slots.damaged();
        }
        int alive = ends.size() - told;
        intents.keySet().forEach(attempt -> ends.computeIfAbsent(attempt, Settlement::neverSettled));
        return new Replay(withIntents(ends, intents), files, torn, told, alive, ends.size() - told - alive, damaged);
    }

    private static Map<Attempt, Ended> withIntents(Map<Attempt, Settlement> ends, Map<Attempt, Intent> intents) {
        Map<Attempt, Ended> all = new LinkedHashMap<>();
        ends.forEach((attempt, end) -> all.put(attempt, new Ended(end, intents.get(attempt))));
        return all;
    }

    private static SegmentImage segment(Map.Entry<String, ByteBuffer> file) {
        try {
            return SegmentImage.read(file.getValue());
        } catch (Damage damage) {
            throw JournalUnusable.damaged(file.getKey(), damage);
        }
    }

    private static ProgressImage progress(Map.Entry<String, ByteBuffer> file) {
        try {
            return ProgressImage.read(file.getValue());
        } catch (Damage damage) {
            throw JournalUnusable.damaged(file.getKey(), damage);
        }
    }

    /** Before a segment is made, the one before it is on disk. */
    private static void requireLast(SortedMap<String, ByteBuffer> segments, Map.Entry<String, Integer> torn) {
        if (!segments.lastKey().equals(torn.getKey())) {
            throw JournalUnusable.damaged(torn.getKey(), new Damage(torn.getValue(), "a record is damaged, and it is not in the last segment"));
        }
    }
}
