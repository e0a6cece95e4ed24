package dev.penstock.platform.provisioning;

import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.ObjectSeen;
import dev.penstock.platform.slice.Installation;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Puts what serves a model on the cluster and takes it off again. What is not there is there after; what is there stays as it is. */
@Component
class ModelServers {

    /** Secret, policy, service and deployment. */
    static final int MOST_WRITES = 4;

    private final Cluster cluster;
    private final Installation installation;
    private final ProvisioningSettings settings;
    private final Supplier<UUID> ids;

    ModelServers(Cluster cluster, Installation installation, ProvisioningSettings settings, Supplier<UUID> ids) {
        this.cluster = cluster;
        this.installation = installation;
        this.settings = settings;
        this.ids = ids;
    }

    /** What is on the cluster of the slice. */
    List<ObjectSeen> look(Work work) {
        work.outside(Step.OBSERVE);
        return cluster.objectsOfSlice(namespace(work), work.key().slice().toString()).stream().filter(object -> isOurs(object, work)).toList();
    }

    /** The deployment comes last: a pod finds its key, and is not reachable before the policy says by whom. */
    void apply(Work work, Manifest deployment) {
        Marks marks = deployment.marks();
        String namespace = namespace(work);
        String name = ModelServerManifests.name(work.key().slice());
        if (cluster.secret(namespace, name, ModelServerManifests.KEY).isEmpty()) {
            one(work, ModelServerManifests.secret(namespace, name, marks, newKey()));
        }
        one(work, ModelServerManifests.policy(namespace, name, marks, settings.serving()));
        one(work, ModelServerManifests.service(namespace, name, marks));
        one(work, deployment);
    }

    /** @return whether there was anything to remove */
    boolean remove(Work work, List<ObjectSeen> seen, Predicate<ObjectSeen> which) {
        List<ObjectSeen> doomed = seen.stream().filter(which).toList();
        for (ObjectSeen object : doomed) {
            if (!object.terminating()) {
                work.outside(Step.DELETE_SERVER);
                cluster.delete(object);
            }
        }
        return !doomed.isEmpty();
    }

    /** Whether it belongs to one phase of the slice alone: what brings its pod, and what that claims. */
    static boolean isOfOnePhase(ObjectSeen object) {
        return isDeployment(object) || isClaim(object);
    }

    static boolean isOfAnotherPhase(ObjectSeen object, int phase) {
        return isOfOnePhase(object) && (object.marks() == null || object.marks().phase() != phase);
    }

    static boolean isClaim(ObjectSeen object) {
        return object.kind().equals(DeviceClaim.KIND);
    }

    static boolean isDeployment(ObjectSeen object) {
        return object.kind().equals("Deployment");
    }

    static boolean isDeploymentOf(ObjectSeen object, int phase) {
        return isDeployment(object) && object.marks() != null && object.marks().phase() == phase;
    }

    private void one(Work work, Manifest manifest) {
        work.outside(Step.APPLY_SERVER);
        cluster.apply(manifest);
    }

    /** Two random ids: 244 random bits. */
    private String newKey() {
        return (ids.get() + "" + ids.get()).replace("-", "");
    }

    private String namespace(Work work) {
        return installation.namespace(work.slice());
    }

    private static boolean isOurs(ObjectSeen object, Work work) {
        Marks marks = object.marks();
        return marks != null && marks.uid().equals(work.slice().approved().projectUid()) && work.key().slice().equals(marks.slice());
    }
}
