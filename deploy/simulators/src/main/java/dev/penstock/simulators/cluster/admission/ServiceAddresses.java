package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Admission;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Write;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives each service an address of its own. They lie in 127.64.0.0/16, so that on one machine what a service stands for
 * can really listen there, and a caller uses the address as he would on a cluster. Which one it is differs from cluster to
 * cluster, so that two on one machine seldom want the same.
 */
final class ServiceAddresses implements Admission {

    private static final int ADDRESSES = (1 << 16) - 2;

    private final UUID cluster;

    ServiceAddresses(UUID cluster) {
        this.cluster = cluster;
    }

    @Override
    public void admit(Write write) {
        if (!write.kind().equals(Kinds.SERVICE) || !write.isOfSpec()) {
            return;
        }
        ObjectNode spec = Json.within(write.after(), "spec");
        if (write.before() != null) {
            keep(spec, write.before());
        } else if (Json.text(spec, "clusterIP").isEmpty() && !Json.text(spec, "type").equals("ExternalName")) {
            spec.put("clusterIP", free(write));
        }
        if (!Json.text(spec, "clusterIP").isEmpty()) {
            spec.putArray("clusterIPs").add(Json.text(spec, "clusterIP"));
        }
    }

    private static void keep(ObjectNode spec, ObjectNode before) {
        if (Json.text(spec, "clusterIP").isEmpty()) {
            spec.put("clusterIP", Json.text(before, "spec", "clusterIP"));
        }
    }

    private String free(Write write) {
        List<ObjectNode> services = write.store().list(Kinds.SERVICE, "");
        Set<String> taken = services.stream().map(service -> Json.text(service, "spec", "clusterIP")).collect(Collectors.toSet());
        int number = (cluster + "/" + write.namespace() + "/" + write.name()).hashCode();
        while (taken.contains(address(number))) {
            number++;
        }
        return address(number);
    }

    private static String address(int number) {
        int host = Math.floorMod(number, ADDRESSES) + 1;
        return "127.64." + (host >> 8) + "." + (host & 0xff);
    }
}
