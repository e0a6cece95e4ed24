package dev.penstock.platform.provisioning;

import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.slice.Workspace;
import dev.penstock.platform.ssh.SshAuthority;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Puts a workspace of an image on the cluster. What is there stays as it is: above all its volume. */
@Component
class WorkspaceObjects {

    /** Volume, policy, service and pod. */
    static final int MOST_WRITES = 4;

    private final Cluster cluster;
    private final SshAuthority ssh;
    private final ProvisioningSettings settings;

    WorkspaceObjects(Cluster cluster, SshAuthority ssh, ProvisioningSettings settings) {
        this.cluster = cluster;
        this.ssh = ssh;
        this.settings = settings;
    }

    /** The pod of one phase. */
    Manifest pod(String namespace, String name, Marks marks, SliceProfile profile, Workspace workspace) {
        return WorkspaceManifests.pod(namespace, name, marks, profile, workspace, settings.workspace(), ssh.publicKey().orElse(""));
    }

    /** The pod comes last: it finds its files, and is not reachable before the policy says by whom. */
    void apply(Work work, Workspace workspace, Manifest pod) {
        Marks marks = pod.marks();
        String namespace = Objects.requireNonNull(pod.namespace());
        one(work, Step.APPLY_WORKSPACE, WorkspaceManifests.volume(namespace, marks, workspace));
        one(work, Step.APPLY_WORKSPACE, WorkspaceManifests.policy(namespace, marks, workspace, settings.workspace()));
        one(work, Step.APPLY_WORKSPACE, WorkspaceManifests.service(namespace, marks, workspace));
        one(work, Step.APPLY_POD, pod);
    }

    private void one(Work work, Step step, Manifest manifest) {
        work.outside(step);
        cluster.apply(manifest);
    }
}
