package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.ClusterFailure.Kind;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** Whether an object that is already there may be taken on. */
final class Adoption {

    private Adoption() {}

    /** @throws ClusterFailure {@code FOREIGN}, {@code TERMINATING} or {@code FENCED} */
    static void check(Manifest wanted, HasMetadata existing) {
        ObjectMeta metadata = existing.getMetadata();
        Marks marks = Marks.read(metadata.getLabels(), metadata.getAnnotations());
        if (marks == null || !marks.uid().equals(wanted.marks().uid())) {
            throw new ClusterFailure(Kind.FOREIGN, wanted.title() + " exists on the cluster and is not Penstock's. An administrator of the cluster has to remove or rename it.");
        }
        if (metadata.getDeletionTimestamp() != null) {
            throw new ClusterFailure(Kind.TERMINATING, wanted.title() + " is being deleted on the cluster.");
        }
        if (marks.fence() > wanted.marks().fence() && wanted.marks().slice() != null) {
            throw new ClusterFailure(Kind.FENCED, wanted.title() + " carries fence " + marks.fence() + ", newer than " + wanted.marks().fence() + ".");
        }
    }
}
