package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.frame.MissingSetting;
import dev.penstock.platform.cluster.Cluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Clusters beside the first, by name, each with its kubeconfig. How long each may take, and where its MIG manager reads, is as with the first.
 *
 * @param kubeconfigs by name
 */
record FurtherClusters(Map<String, String> kubeconfigs) {

    static final String PREFIX = "penstock.clusters";

    /** Of one. */
    record One(String kubeconfig) {}

    static FurtherClusters of(Map<String, One> named) {
        return new FurtherClusters(named.entrySet().stream().collect(Collectors.toMap(
                Map.Entry::getKey,
                one -> MissingSetting.require(one.getValue().kubeconfig(), property(one.getKey()), "Set it to a kubeconfig file that this program may read."))));
    }

    /** Begins the names of what is there. */
    private static final String NAME = "[a-z]([a-z0-9-]{0,29}[a-z0-9])?";

    FurtherClusters {
        kubeconfigs = new TreeMap<>(kubeconfigs);
        Set<String> files = new HashSet<>();
        kubeconfigs.forEach((name, file) -> {
            if (!name.matches(NAME)) {
                throw new MissingSetting(PREFIX + ".<name>", "\"" + name + "\" is no name for a cluster; it must match " + NAME + ".");
            }
            if (!files.add(file)) {
                throw new MissingSetting(property(name) + " (a file of its own)", file + " is another cluster's already: what is there would be counted twice.");
            }
        });
    }

    private static String property(String name) {
        return PREFIX + "." + name + ".kubeconfig";
    }

    /**
     * With the first one; the clients that are opened for them are added to {@code opened}. Also where there are none: what is still in a cluster that was taken
     * out of the configuration is not asked of the first.
     */
    Cluster beside(Cluster first, ClusterSettings settings, List<KubernetesClient> opened) {
        if (kubeconfigs.containsValue(settings.kubeconfig())) {
            throw new MissingSetting(PREFIX + " (other clusters than the first)", settings.kubeconfig() + " is the first cluster's already: what is there would be counted twice.");
        }
        List<Cluster> all = new ArrayList<>(List.of(first));
        kubeconfigs.forEach((name, file) -> {
            ClusterSettings its = settings.of(file, property(name));
            KubernetesClient client = ClusterClient.open(its, property(name));
            opened.add(client);
            all.add(new FurtherCluster(name, new KubernetesCluster(client, its)));
        });
        return new SeveralClusters(all);
    }
}
