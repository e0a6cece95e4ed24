package dev.penstock.platform.cluster;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kueue, as far as the cluster tells of it.
 *
 * @param version of its API that the cluster serves and we know; null: it is not installed, or not in such a version
 * @param missing why the queue that was asked about cannot be used, in a sentence for people; null: nothing speaks against it
 * @param places in that queue, from 1, by the uids of pods that wait
 * @param waiting how many wait in it in all
 * @param noPlaces why no places are known, in a sentence for people; null: they are
 */
public record KueueSeen(@Nullable String version, @Nullable String missing, Map<String, Integer> places, int waiting, @Nullable String noPlaces) {

    public KueueSeen {
        places = Map.copyOf(places);
    }
}
