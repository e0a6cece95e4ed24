package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists, in pages if the caller wants that; all pages show the state the first one was taken from. */
final class Lists {

    private final Store store;

    Lists(Store store) {
        this.store = store;
    }

    /** Where the next page begins: the version of the first page, and the last key of the one before. */
    private record Position(long version, String after) {

        static Position parse(String token) {
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(" ", 2);
                return new Position(Long.parseLong(parts[0]), parts[1]);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
                throw ApiFailure.badRequest("continue key is not valid");
            }
        }

        String token() {
            return Base64.getUrlEncoder().withoutPadding()
                    .encodeToString((version + " " + after).getBytes(StandardCharsets.UTF_8));
        }
    }

    ObjectNode list(Request request, Target target) {
        Selection selection = Selection.of(request, target);
        String token = request.parameter("continue");
        long current = store.version();
        checkVersion(request, current);
        Position from = token.isEmpty() ? new Position(current, "") : Position.parse(token);
        List<ObjectNode> selected = store.list(target.kind(), target.namespace(), from.version()).stream()
                .filter(selection::has)
                .filter(object -> key(object).compareTo(from.after()) > 0)
                .toList();
        int limit = number(request.parameter("limit"));
        boolean more = limit > 0 && selected.size() > limit;
        List<ObjectNode> page = more ? selected.subList(0, limit) : selected;

        ObjectNode list = Json.object().put("kind", target.kind().kind() + "List")
                .put("apiVersion", target.kind().apiVersion());
        ObjectNode metadata = list.putObject("metadata").put("resourceVersion", Long.toString(from.version()));
        if (more) {
            metadata.put("continue", new Position(from.version(), key(page.getLast())).token());
            metadata.put("remainingItemCount", selected.size() - limit);
        }
        ArrayNode items = list.putArray("items");
        // Items of a list do not repeat their type.
        for (ObjectNode object : page) {
            ObjectNode item = items.addObject().setAll(object);
            item.remove(List.of("apiVersion", "kind"));
        }
        return list;
    }

    /** An exact version must still be known; any other only has to have been. */
    private static void checkVersion(Request request, long current) {
        String version = request.parameter("resourceVersion");
        if (!version.isEmpty() && !version.equals("0") && version(version) > current) {
            throw ApiFailure.tooLargeVersion(version(version), current);
        }
    }

    static long version(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw ApiFailure.badRequest("invalid resource version \"" + text + "\"");
        }
    }

    private static int number(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("\\d{1,9}")) {
            throw ApiFailure.badRequest("invalid limit \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    private static String key(ObjectNode object) {
        return Meta.namespace(object) + "/" + Meta.name(object);
    }
}
