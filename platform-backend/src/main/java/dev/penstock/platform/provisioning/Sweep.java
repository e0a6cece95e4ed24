package dev.penstock.platform.provisioning;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.NamespaceSeen;
import dev.penstock.platform.cluster.ObjectSeen;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.OnCluster;
import dev.penstock.platform.slice.SliceKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Removes what nobody claims: pods that carry our marks and have no slice that wants them, which only a reconciler that was stopped for
 * longer than its claim and then went on could have left; and room in namespaces that no slice holds any more.
 *
 * <p>Pods are listed first and slices read after. A pod is applied only after its slice was written as coming up in that phase, and a
 * slice that steps aside goes on in the next, so one that does not want a pod listed before will never want it again.
 */
@Component
class Sweep implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(Sweep.class);

    private final Cluster cluster;
    private final OnCluster onCluster;
    private final Namespaces namespaces;
    private final Sight sight;
    private final Installation installation;
    private final Counter removed;
    private final Rhythm rhythm;

    Sweep(
            Cluster cluster,
            OnCluster onCluster,
            Namespaces namespaces,
            Sight sight,
            Installation installation,
            ProvisioningSettings settings,
            MeterRegistry metrics) {
        this.cluster = cluster;
        this.onCluster = onCluster;
        this.namespaces = namespaces;
        this.sight = sight;
        this.installation = installation;
        this.removed = Counter.builder("penstock.sweep.removed").description("Pods and other objects removed because no slice wanted them").register(metrics);
        this.rhythm = Rhythm.of("sweep", settings.sweepEvery(), this::sweep);
    }

    /** One that does not answer is swept another time: what is not seen is not removed. */
    void sweep() {
        ClusterFailure failure = null;
        for (Cluster one : cluster.each()) {
            try {
                servers(one);
                pods(one);
                namespaces(one);
            } catch (ClusterFailure e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** Before the pods: a deployment would bring them back. A claim that a pod uses goes with the pod. */
    private void servers(Cluster one) {
        List<ObjectSeen> listed = one.objectsOfSlices(installation.name());
        OnCluster.Reading now = onCluster.read();
        for (ObjectSeen object : listed) {
            Marks marks = object.marks();
            if (marks == null || marks.slice() == null || !isOurs(marks, now)) {
                log.warn("{} is labelled as Penstock's but is not; it is left alone", object.title());
            } else if (!now.mayHaveObject(new SliceKey(marks.tenant(), marks.slice()), ModelServers.isOfOnePhase(object) ? marks.phase() : 0)) {
                log.warn("{} is wanted by no slice and is removed", object.title());
                one.delete(object);
                removed.increment();
            }
        }
    }

    private void pods(Cluster one) {
        List<PodSeen> listed = one.pods(installation.name());
        OnCluster.Reading now = onCluster.read();
        for (PodSeen pod : listed) {
            Marks marks = pod.marks();
            if (marks == null || marks.slice() == null || !isOurs(marks, now)) {
                log.warn("pod {}/{} is labelled as Penstock's but is not; it is left alone", pod.namespace(), pod.name());
            } else if (!now.mayHave(new SliceKey(marks.tenant(), marks.slice()), marks.phase())) {
                log.warn("pod {}/{} is wanted by no slice and is removed", pod.namespace(), pod.name());
                sight.remove(pod);
                removed.increment();
            }
        }
    }

    private void namespaces(Cluster one) {
        List<NamespaceSeen> listed = one.namespaces(installation.name());
        OnCluster.Reading now = onCluster.read();
        for (NamespaceSeen namespace : listed) {
            Marks marks = namespace.marks();
            if (marks != null && !namespace.terminating() && isOurs(marks, now) && now.isHere(marks.tenant(), marks.project())) {
                namespaces.fit(namespace.name(), marks.tenant(), marks.project(), marks.uid(), null);
            }
        }
    }

    private static boolean isOurs(Marks marks, OnCluster.Reading now) {
        return now.isOurs(marks.tenant(), marks.project(), marks.uid());
    }
}
