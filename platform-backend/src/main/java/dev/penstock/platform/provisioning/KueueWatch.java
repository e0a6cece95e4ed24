package dev.penstock.platform.provisioning;

import dev.penstock.contract.platform.QueuePlace;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.KueueSeen;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.fleet.Kueue;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.platform.slice.SliceQueue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Looks whether Kueue is there, and at which places our pods wait in its queue. It is the first cluster's: a slice that waits there was counted nowhere, so nothing could say in which other. */
@Component
class KueueWatch {

    private final Cluster cluster;
    private final Kueue kueue;
    private final SliceQueue queue;

    KueueWatch(Cluster cluster, Kueue kueue, SliceQueue queue) {
        if (!kueue.queue().isEmpty() && cluster.each().size() > 1) {
            throw new IllegalArgumentException(
                    "penstock.kueue.cluster-queue and penstock.clusters: Kueue can hand out what one cluster has, and several are configured. Leave one of the two out.");
        }
        this.cluster = cluster;
        this.kueue = kueue;
        this.queue = queue;
    }

    /** @param pods of ours */
    void look(List<PodSeen> pods) {
        KueueSeen seen = cluster.kueue(kueue.queue());
        kueue.seen(new Kueue.State(seen.version(), seen.missing(), seen.noPlaces()));
        Map<SliceKey, QueuePlace> places = new HashMap<>();
        for (PodSeen pod : pods) {
            Integer place = seen.places().get(pod.uid());
            Marks marks = pod.marks();
            if (place != null && marks != null && marks.slice() != null && pod.gated()) {
                places.put(new SliceKey(marks.tenant(), marks.slice()), new QueuePlace(place, seen.waiting(), false, null, kueue.queue()));
            }
        }
        queue.elsewhere(places);
    }
}
