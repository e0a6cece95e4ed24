package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Admission;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.ApiFailure.Cause;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Write;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** What makes a pod (or a template for pods) valid: containers, and resources that a node could grant. */
final class PodRules implements Admission {

    @Override
    public void admit(Write write) {
        if (!write.isOfSpec()) {
            return;
        }
        List<Cause> causes = new ArrayList<>();
        if (write.kind().equals(Kinds.POD)) {
            checkSpec(Json.within(write.after(), "spec"), "spec", causes);
        } else if (write.kind().equals(Kinds.DEPLOYMENT) || write.kind().equals(Kinds.REPLICA_SET)) {
            checkSpec(Json.within(write.after(), "spec", "template", "spec"), "spec.template.spec", causes);
        }
        if (!causes.isEmpty()) {
            throw ApiFailure.invalid(write.kind(), write.name(), causes);
        }
    }

    private static void checkSpec(ObjectNode spec, String path, List<Cause> causes) {
        List<ObjectNode> containers = Json.objects(spec, "containers");
        if (containers.isEmpty()) {
            causes.add(new Cause("FieldValueRequired", "Required value", path + ".containers"));
        }
        Set<String> names = new HashSet<>();
        checkContainers(containers, path + ".containers", names, causes);
        checkContainers(Json.objects(spec, "initContainers"), path + ".initContainers", names, causes);
    }

    private static void checkContainers(List<ObjectNode> containers, String path, Set<String> names, List<Cause> causes) {
        for (int index = 0; index < containers.size(); index++) {
            ObjectNode container = containers.get(index);
            String here = path + "[" + index + "]";
            String name = Json.text(container, "name");
            if (name.isEmpty()) {
                causes.add(new Cause("FieldValueRequired", "Required value", here + ".name"));
            } else if (!names.add(name)) {
                causes.add(new Cause("FieldValueDuplicate", "Duplicate value: \"" + name + "\"", here + ".name"));
            }
            if (Json.text(container, "image").isEmpty()) {
                causes.add(new Cause("FieldValueRequired", "Required value", here + ".image"));
            }
            checkResources(container, here + ".resources", causes);
        }
    }

    private static void checkResources(ObjectNode container, String path, List<Cause> causes) {
        Map<String, String> limits = Json.map(container, "resources", "limits");
        Map<String, String> requests = Json.map(container, "resources", "requests");
        Set<String> resources = new TreeSet<>(limits.keySet());
        resources.addAll(requests.keySet());
        for (String resource : resources) {
            String limit = limits.get(resource);
            String request = requests.get(resource);
            if (PodResources.isExtended(resource)) {
                if (limit != null && !Quantity.parse(limit).isWhole()) {
                    causes.add(invalid(path + ".limits[" + resource + "]", limit, "must be an integer"));
                }
                if (limit == null) {
                    causes.add(new Cause("FieldValueRequired",
                            "Required value: Limit must be set for non overcommitable resources", path + ".limits"));
                } else if (request != null && Quantity.parse(request).compareTo(Quantity.parse(limit)) != 0) {
                    causes.add(invalid(path + ".requests", request, "must be equal to " + resource + " limit of " + limit));
                }
            } else if (limit != null && request != null && Quantity.parse(request).compareTo(Quantity.parse(limit)) > 0) {
                causes.add(invalid(path + ".requests", request,
                        "must be less than or equal to " + resource + " limit of " + limit));
            }
        }
    }

    private static Cause invalid(String field, String value, String why) {
        return new Cause("FieldValueInvalid", "Invalid value: \"" + value + "\": " + why, field);
    }
}
