package dev.penstock.platform.provisioning;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.NamespaceSeen;
import dev.penstock.contract.platform.Within;
import dev.penstock.platform.slice.Holdings;
import dev.penstock.platform.slice.Holdings.NeedOfProject;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.SliceKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps a project's namespace as it should be. What stays the same for all slices of a project is looked at again only after a while, or when something could
 * not be put into the namespace: a burst of slices then does not read everything once for each. What counts slices is looked at each time.
 */
@Component
class Namespaces {

    /** Somebody with rights on the cluster may have taken something away: until then it stays away. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 10_000;

    private final Map<String, Asserted> asserted = Collections.synchronizedMap(new LinkedHashMap<>() {

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Asserted> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });
    private final Cluster cluster;
    private final Holdings holdings;
    private final SliceProfiles profiles;
    private final Installation installation;
    private final Clock clock;

    /** What was there as wanted, or was made so. */
    private record Asserted(List<Manifest> manifests, Instant at) {}

    Namespaces(Cluster cluster, Holdings holdings, SliceProfiles profiles, Installation installation, Clock clock) {
        this.cluster = cluster;
        this.holdings = holdings;
        this.profiles = profiles;
        this.installation = installation;
        this.clock = clock;
    }

    /**
     * Applies everything, with room for what the project's slices hold now.
     *
     * @return how much of it had to be written
     */
    int ensure(Work work) {
        TenantId tenant = work.key().tenant();
        String name = installation.namespace(work.slice());
        Marks marks = Marks.ofProject(installation.name(), tenant, work.project(), work.slice().approved().projectUid());
        // Looked at each time: it may be somebody else's by now, and one that was made anew has nothing in it.
        int written = apply(work, NamespaceManifests.namespace(name, marks));
        List<Manifest> lasting = NamespaceManifests.lasting(name, marks);
        if (written > 0) {
            doubt(name);
        }
        if (!isAsserted(name, lasting)) {
            Instant at = clock.instant();
            for (Manifest manifest : lasting) {
                written += apply(work, manifest);
            }
            asserted.put(name, new Asserted(lasting, at));
        }
        NeedOfProject need = holdings.ofProject(tenant, work.project(), work.slice().cluster(), null);
        return written + apply(work, NamespaceManifests.quota(name, marks, need, resources()));
    }

    /** Applies what slices wait in until Kueue lets them through. @return how much of it had to be written */
    int ensureQueue(Work work, Manifest queue) {
        String name = queueIn(installation.namespace(work.slice()));
        if (isAsserted(name, List.of(queue))) {
            return 0;
        }
        Instant at = clock.instant();
        int written = apply(work, queue);
        asserted.put(name, new Asserted(List.of(queue), at));
        return written;
    }

    /** Something could not be put into the namespace: all of it is looked at next time. */
    void doubt(String namespace) {
        asserted.remove(namespace);
        asserted.remove(queueIn(namespace));
    }

    private static String queueIn(String namespace) {
        return namespace + "/queue";
    }

    private boolean isAsserted(String name, List<Manifest> wanted) {
        Asserted last = asserted.get(name);
        return last != null && last.manifests().equals(wanted) && clock.instant().isBefore(last.at().plus(GOOD_FOR));
    }

    private int apply(Work work, Manifest manifest) {
        work.outside(Step.APPLY_NAMESPACE);
        return cluster.apply(manifest) ? 1 : 0;
    }

    /**
     * Gives the namespace room for what the project's slices hold now, and no more. A namespace that is not there, not ours or going away
     * is left alone.
     *
     * @param except a slice that holds nothing there any more
     */
    void fit(String name, TenantId tenant, ProjectId project, UUID uid, @Nullable SliceKey except) {
        Optional<NamespaceSeen> seen = cluster.namespace(name);
        boolean ours = seen.map(NamespaceSeen::marks).map(marks -> marks.uid().equals(uid)).orElse(false);
        if (ours && !seen.orElseThrow().terminating()) {
            NeedOfProject need = holdings.ofProject(tenant, project, Within.of(name).cluster(), except);
            cluster.apply(NamespaceManifests.quota(name, Marks.ofProject(installation.name(), tenant, project, uid), need, resources()));
        }
    }

    private Set<String> resources() {
        return profiles.all().stream().map(SliceProfile::resource).collect(Collectors.toCollection(TreeSet::new));
    }
}
