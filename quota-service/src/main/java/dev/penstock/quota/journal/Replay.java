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
 * not in here                                is found by its epoch, and settled at its bound
 * </pre>
 *
 * <p>An end is a fact by itself: settling it twice, late, or in another order changes nothing.
 *
 * @param ends one for each attempt
 * @param files what each file says anything of; it is needed until all of them are settled
 * @param torn name and readable size of a segment whose end is to be cut
 * @param told ends that were told
 * @param alive attempts that were alive
 * @param damaged slots that cannot be read
 */
record Replay(
        Map<Attempt, Settlement> ends, Map<String, List<Attempt>> files, Map.@Nullable Entry<String, Integer> torn, int told, int alive, int damaged) {

    /**
     * @param segments by name, in the order they were made
     * @param progress by name
     * @throws JournalUnusable naming the file that is damaged
     */
    static Replay of(SortedMap<String, ByteBuffer> segments, SortedMap<String, ByteBuffer> progress) {
        Map<Attempt, Settlement> ends = new LinkedHashMap<>();
        Map<String, List<Attempt>> files = new HashMap<>();
        Map.Entry<String, Integer> torn = null;
        for (Map.Entry<String, ByteBuffer> file : segments.entrySet()) {
            SegmentImage segment = segment(file);
            if (segment.torn()) {
                torn = Map.entry(file.getKey(), segment.size());
                requireLast(segments, torn);
            }
            segment.ends().forEach(end -> ends.putIfAbsent(end.attempt(), end));
            files.put(file.getKey(), segment.ends().stream().map(Settlement::attempt).distinct().toList());
        }
        int told = ends.size();
        int damaged = 0;
        for (Map.Entry<String, ByteBuffer> file : progress.entrySet()) {
            ProgressImage slots = progress(file);
            slots.alive().forEach(end -> ends.putIfAbsent(end.attempt(), end));
            files.put(file.getKey(), slots.alive().stream().map(Settlement::attempt).distinct().toList());
            damaged += slots.damaged();
        }
        return new Replay(ends, files, torn, told, ends.size() - told, damaged);
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
