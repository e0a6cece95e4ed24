package dev.penstock.platform.provisioning;

import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.slice.Approved;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.Slice;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What of a slice's phase holds its part, as objects of a cluster: what quota is charged by. */
@Component
class Rendering {

    private final WorkspaceObjects workspaces;
    private final InKueue kueue;
    private final Installation installation;
    private final ProvisioningSettings settings;

    Rendering(WorkspaceObjects workspaces, InKueue kueue, Installation installation, ProvisioningSettings settings) {
        this.workspaces = workspaces;
        this.kueue = kueue;
        this.installation = installation;
        this.settings = settings;
    }

    /** The object whose pod holds the part comes last; before it the claim of that, if it is to be claimed. */
    List<Manifest> of(Work work, SliceProfile profile) {
        Slice slice = work.slice();
        Approved approved = slice.approved();
        Marks marks = new Marks(
                installation.name(), work.key().tenant(), approved.project(), approved.projectUid(), work.key().slice(), slice.phase(), work.claim().fence());
        String namespace = installation.namespace(slice);
        String name = Installation.pod(work.key().slice(), slice.phase());
        Manifest holder;
        if (approved.serving() != null) {
            holder = ModelServerManifests.deployment(namespace, name, marks, profile, approved.serving(), ModelServerManifests.name(work.key().slice()), settings.serving());
        } else if (approved.workspace() != null) {
            holder = workspaces.pod(namespace, name, marks, profile, approved.workspace());
        } else {
            holder = WorkspacePod.desired(namespace, name, marks, profile, settings.workspace());
        }
        return Stream.concat(DeviceClaim.desired(namespace, name, marks, profile).stream(), Stream.of(kueue.waiting(holder, profile))).toList();
    }
}
