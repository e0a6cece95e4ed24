package dev.penstock.platform.provisioning;

import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Kueue is to find on objects of ours. Pure. */
final class KueueManifests {

    private static final String QUEUE = "kueue.x-k8s.io/queue-name";
    /** Kueue's webhook would add it; where that does not look, the pod waits all the same, instead of passing the quota by. */
    private static final Object GATES = List.of(Map.of("name", "kueue.x-k8s.io/admission"));

    private KueueManifests() {}

    /** Named as what it points to, since that cannot be changed: another one is another object, and whoever waits in the old one goes on there. */
    static Manifest localQueue(String version, String namespace, Marks marks, String clusterQueue) {
        return Manifest.of("kueue.x-k8s.io/" + version, "LocalQueue", namespace, clusterQueue, marks, Map.of("spec", Map.of("clusterQueue", clusterQueue)));
    }

    /**
     * The same, waiting in the queue. Of a deployment both itself and its pods say so: with its integration of deployments Kueue looks at the former, without it at
     * the latter.
     *
     * @param holder a pod or a deployment
     */
    static Manifest waiting(Manifest holder, String queue) {
        Map<String, String> labels = new TreeMap<>(holder.labels());
        labels.put(QUEUE, queue);
        Map<String, Object> rest = new TreeMap<>(holder.rest());
        Map<String, Object> spec = fields(rest, "spec");
        if (holder.kind().equals("Deployment")) {
            Map<String, Object> template = fields(spec, "template");
            Map<String, Object> metadata = fields(template, "metadata");
            fields(metadata, "labels").put(QUEUE, queue);
            spec = fields(template, "spec");
        }
        spec.put("schedulingGates", GATES);
        return new Manifest(holder.apiVersion(), holder.kind(), holder.namespace(), holder.name(), holder.marks(), labels, rest);
    }

    /** A copy that may be changed, in the place of what was there. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Map<String, Object> of, String name) {
        Map<String, Object> copy = new TreeMap<>((Map<String, Object>) of.getOrDefault(name, Map.of()));
        of.put(name, copy);
        return copy;
    }
}
