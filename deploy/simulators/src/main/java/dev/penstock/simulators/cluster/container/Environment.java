package dev.penstock.simulators.cluster.container;

import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.cluster.tree.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The variables a container gets, and its command with those variables filled in. */
public final class Environment {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");

    /** A variable comes from something that is not there; the message is the one a kubelet gives. */
    public static final class Missing extends Exception {

        private static final long serialVersionUID = 1L;

        private Missing(String message) {
            super(message);
        }
    }

    private final Map<String, String> variables;

    private Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** Looks all variables up. */
    public static Environment of(ObjectNode pod, ObjectNode container, Store store) throws Missing {
        Map<String, String> variables = new HashMap<>();
        for (ObjectNode entry : Json.objects(container, "env")) {
            if (entry.path("valueFrom") instanceof ObjectNode source) {
                lookUp(pod, Json.text(entry, "name"), source, store, variables);
            } else {
                variables.put(Json.text(entry, "name"), filled(Json.text(entry, "value"), variables));
            }
        }
        return new Environment(variables);
    }

    private static void lookUp(ObjectNode pod, String name, ObjectNode source, Store store, Map<String, String> variables)
            throws Missing {
        String field = Json.text(source, "fieldRef", "fieldPath");
        if (!field.isEmpty()) {
            variables.put(name, Json.text(pod, field.split("\\.")));
        } else if (source.path("secretKeyRef") instanceof ObjectNode reference) {
            String value = value(pod, Kinds.SECRET, reference, store);
            if (value != null) {
                variables.put(name, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
            }
        } else if (source.path("configMapKeyRef") instanceof ObjectNode reference) {
            String value = value(pod, Kinds.CONFIG_MAP, reference, store);
            if (value != null) {
                variables.put(name, value);
            }
        }
    }

    private static @Nullable String value(ObjectNode pod, Kind kind, ObjectNode reference, Store store)
            throws Missing {
        String name = Json.text(reference, "name");
        String key = Json.text(reference, "key");
        ObjectNode object = store.get(kind, Meta.namespace(pod), name);
        if (object != null && Json.at(object, "data").has(key)) {
            return Json.text(object, "data", key);
        }
        if (reference.path("optional").asBoolean(false)) {
            return null;
        }
        throw new Missing(object == null
                ? kind.kind().toLowerCase(Locale.ROOT) + " \"" + name + "\" not found"
                : "couldn't find key " + key + " in " + kind.kind() + " " + Meta.namespace(pod) + "/" + name);
    }

    /** The variables by name. */
    public Map<String, String> variables() {
        return variables;
    }

    /** The command and its arguments, references such as {@code $(NAME)} filled in. */
    public List<String> command(ObjectNode container) {
        return Stream.concat(Json.texts(container, "command").stream(), Json.texts(container, "args").stream())
                .map(part -> filled(part, variables)).toList();
    }

    /** References to what is not there stay as they are, as on a cluster. */
    private static String filled(String text, Map<String, String> variables) {
        return REFERENCE.matcher(text).replaceAll(reference ->
                Matcher.quoteReplacement(variables.getOrDefault(reference.group(1), reference.group())));
    }
}
