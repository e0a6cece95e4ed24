package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the API says of itself. */
final class Discovery {

    /** The version whose behaviour is simulated; the suffix keeps anybody from taking this for a cluster. */
    static final String VERSION = "v1.36.0+penstock-simulator";

    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private Discovery() {
    }

    /**
     * The document at that path, empty when it is not a path of discovery.
     *
     * @param without groups that this cluster does not have
     */
    static Optional<ObjectNode> at(String path, Set<String> without) {
        if (path.equals("/version")) {
            return Optional.of(Json.object().put("major", "1").put("minor", "36").put("gitVersion", VERSION)
                    .put("gitCommit", "simulated").put("gitTreeState", "clean").put("buildDate", "2026-01-01T00:00:00Z")
                    .put("goVersion", "none").put("compiler", "none").put("platform", "linux/amd64"));
        }
        if (path.equals("/api")) {
            ObjectNode versions = Json.object().put("kind", "APIVersions");
            versions.putArray("versions").add("v1");
            versions.putArray("serverAddressByClientCIDRs");
            return Optional.of(versions);
        }
        if (path.equals("/apis")) {
            ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
            ArrayNode groups = list.putArray("groups");
            groups(without).forEach(group -> groups.add(group(group)));
            return Optional.of(list);
        }
        String rest = path.startsWith("/apis/") ? path.substring("/apis/".length()) : "";
        if (groups(without).contains(rest)) {
            return Optional.of(group(rest).put("kind", "APIGroup").put("apiVersion", "v1"));
        }
        String apiVersion = path.equals("/api/v1") ? "v1" : rest;
        List<Kind> kinds = Kinds.all().stream().filter(kind -> kind.apiVersion().equals(apiVersion) && !without.contains(kind.group())).toList();
        return kinds.isEmpty() ? Optional.empty() : Optional.of(resources(apiVersion, kinds));
    }

    private static Set<String> groups(Set<String> without) {
        Set<String> groups = new LinkedHashSet<>();
        Kinds.all().stream().map(Kind::group).filter(group -> !group.isEmpty() && !without.contains(group)).forEach(groups::add);
        return groups;
    }

    /** Each has one version. */
    private static ObjectNode group(String name) {
        String version = Kinds.all().stream().filter(kind -> kind.group().equals(name)).map(Kind::version).findFirst().orElseThrow();
        ObjectNode group = Json.object().put("name", name);
        group.putArray("versions").addObject().put("groupVersion", name + "/" + version).put("version", version);
        group.putObject("preferredVersion").put("groupVersion", name + "/" + version).put("version", version);
        return group;
    }

    private static ObjectNode resources(String apiVersion, List<Kind> kinds) {
        ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1").put("groupVersion", apiVersion);
        ArrayNode resources = list.putArray("resources");
        for (Kind kind : kinds) {
            ObjectNode resource = resource(resources, kind, kind.plural(), VERBS);
            resource.put("singularName", kind.kind().toLowerCase(Locale.ROOT));
            if (!kind.shortNames().isEmpty()) {
                kind.shortNames().forEach(Json.list(resource, "shortNames")::add);
            }
            kind.subresources().stream().sorted()
                    .forEach(name -> resource(resources, kind, kind.plural() + "/" + name, subresourceVerbs(name)));
        }
        return list;
    }

    private static List<String> subresourceVerbs(String name) {
        return switch (name) {
            case "log", "pendingworkloads" -> List.of("get");
            case "eviction" -> List.of("create");
            default -> List.of("get", "patch", "update");
        };
    }

    private static ObjectNode resource(ArrayNode resources, Kind kind, String name, List<String> verbs) {
        ObjectNode resource = resources.addObject().put("name", name).put("singularName", "")
                .put("namespaced", kind.namespaced()).put("kind", kind.kind());
        verbs.forEach(Json.list(resource, "verbs")::add);
        return resource;
    }
}
