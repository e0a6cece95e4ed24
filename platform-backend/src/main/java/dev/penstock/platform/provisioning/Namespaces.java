package dev.penstock.platform.provisioning;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.NamespaceSeen;
import dev.penstock.platform.slice.Holdings;
import dev.penstock.platform.slice.Holdings.NeedOfProject;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.SliceKey;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps a project's namespace as it should be. */
@Component
class Namespaces {

    private final Cluster cluster;
    private final Holdings holdings;
    private final SliceProfiles profiles;
    private final Installation installation;

    Namespaces(Cluster cluster, Holdings holdings, SliceProfiles profiles, Installation installation) {
        this.cluster = cluster;
        this.holdings = holdings;
        this.profiles = profiles;
        this.installation = installation;
    }

    /**
     * Applies everything, with room for what the project's slices hold now.
     *
     * @return how much of it had to be written
     */
    int ensure(Work work) {
        int written = 0;
        TenantId tenant = work.key().tenant();
        Marks marks = Marks.ofProject(installation.name(), tenant, work.project(), work.slice().approved().projectUid());
        NeedOfProject need = holdings.ofProject(tenant, work.project(), null);
        for (Manifest manifest : NamespaceManifests.all(installation.namespace(work.project()), marks, need, resources())) {
            work.outside(Step.APPLY_NAMESPACE);
            written += cluster.apply(manifest) ? 1 : 0;
        }
        return written;
    }

    /**
     * Gives the namespace room for what the project's slices hold now, and no more. A namespace that is not there, not ours or going away
     * is left alone.
     *
     * @param except a slice that holds nothing there any more
     */
    void fit(TenantId tenant, ProjectId project, UUID uid, @Nullable SliceKey except) {
        String name = installation.namespace(project);
        Optional<NamespaceSeen> seen = cluster.namespace(name);
        boolean ours = seen.map(NamespaceSeen::marks).map(marks -> marks.uid().equals(uid)).orElse(false);
        if (ours && !seen.orElseThrow().terminating()) {
            NeedOfProject need = holdings.ofProject(tenant, project, except);
            cluster.apply(NamespaceManifests.quota(name, Marks.ofProject(installation.name(), tenant, project, uid), need, resources()));
        }
    }

    private Set<String> resources() {
        return profiles.all().stream().map(SliceProfile::resource).collect(Collectors.toCollection(TreeSet::new));
    }
}
