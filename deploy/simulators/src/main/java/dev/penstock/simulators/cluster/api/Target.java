package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.http.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a path of the API points at.
 *
 * @param namespace empty for cluster-scoped kinds and for all namespaces
 * @param name empty for the collection
 * @param subresource empty for the object itself
 */
record Target(Kind kind, String namespace, String name, String subresource) {

    /** Reads a path below {@code /api/v1} or {@code /apis/<group>/<version>}; empty when it points at nothing we serve. */
    static Optional<Target> of(String path) {
        List<String> parts = Arrays.asList(path.substring(1).split("/"));
        boolean core = parts.getFirst().equals("api");
        int start = core ? 2 : 3;
        if (!core && !parts.getFirst().equals("apis") || parts.size() <= start) {
            return Optional.empty();
        }
        String group = core ? "" : parts.get(1);
        String version = parts.get(start - 1);
        List<String> rest = parts.subList(start, parts.size());
        if (rest.getFirst().equals("namespaces") && rest.size() >= 3) {
            Optional<Kind> inside = Kinds.find(group, version, rest.get(2)).filter(Kind::namespaced);
            if (inside.isPresent()) {
                return of(inside.get(), rest.get(1), rest.subList(3, rest.size()));
            }
        }
        return Kinds.find(group, version, rest.getFirst())
                .filter(kind -> !kind.namespaced() || rest.size() == 1)
                .flatMap(kind -> of(kind, "", rest.subList(1, rest.size())));
    }

    private static Optional<Target> of(Kind kind, String namespace, List<String> rest) {
        String subresource = rest.size() > 1 ? rest.get(1) : "";
        if (rest.size() > 2 || !subresource.isEmpty() && !kind.subresources().contains(subresource)) {
            return Optional.empty();
        }
        return Optional.of(new Target(kind, namespace, rest.isEmpty() ? "" : rest.getFirst(), subresource));
    }

    /** What Kubernetes calls the thing that the request does here. */
    String verb(Request request) {
        return switch (request.method()) {
            case "GET", "HEAD" -> request.flag("watch") ? "watch" : name.isEmpty() ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> "";
        };
    }

    /** The resource as rules name it: {@code pods} or {@code pods/status}. */
    String resource() {
        return subresource.isEmpty() ? kind.plural() : kind.plural() + "/" + subresource;
    }
}
