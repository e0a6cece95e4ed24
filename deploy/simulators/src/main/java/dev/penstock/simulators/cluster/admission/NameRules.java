package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Admission;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.ApiFailure.Cause;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Write;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Names, labels, and the namespace something goes into. */
final class NameRules implements Admission {

    private static final String LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern LABEL = Pattern.compile(LABEL_FORM);
    private static final Pattern SUBDOMAIN = Pattern.compile(LABEL_FORM + "(\\." + LABEL_FORM + ")*");
    private static final Pattern KEY_NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]");
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])?");

    @Override
    public void admit(Write write) {
        List<Cause> causes = new ArrayList<>();
        if (write.creates()) {
            checkName(write, causes);
        }
        if (write.isOfSpec()) {
            checkLabels(write, causes);
        }
        if (!causes.isEmpty()) {
            throw ApiFailure.invalid(write.kind(), write.name(), causes);
        }
        if (write.creates() && write.kind().namespaced()) {
            checkNamespace(write);
        }
    }

    private static void checkName(Write write, List<Cause> causes) {
        String name = Meta.name(write.after());
        if (name.isEmpty()) {
            causes.add(new Cause("FieldValueRequired", "Required value: name or generateName is required", "metadata.name"));
            return;
        }
        String group = write.kind().group();
        if (group.equals("rbac.authorization.k8s.io")) {
            // Names of roles are path segments and may hold colons, as in system:node.
            return;
        }
        boolean asLabel = write.kind().equals(Kinds.NAMESPACE) || write.kind().equals(Kinds.SERVICE);
        if (asLabel && name.length() > 63 || name.length() > 253) {
            causes.add(invalid("metadata.name", name, "must be no more than " + (asLabel ? 63 : 253) + " characters"));
        } else if (asLabel && !LABEL.matcher(name).matches()) {
            causes.add(invalid("metadata.name", name, "a lowercase RFC 1123 label must consist of lower case alphanumeric "
                    + "characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or "
                    + "'123-abc', regex used for validation is '" + LABEL_FORM + "')"));
        } else if (!asLabel && !SUBDOMAIN.matcher(name).matches()) {
            causes.add(invalid("metadata.name", name, "a lowercase RFC 1123 subdomain must consist of lower case "
                    + "alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. "
                    + "'example.com', regex used for validation is '" + SUBDOMAIN.pattern() + "')"));
        }
    }

    private static void checkLabels(Write write, List<Cause> causes) {
        Meta.labels(write.after()).forEach((key, value) -> {
            checkKey(key, "metadata.labels", causes);
            if (!LABEL_VALUE.matcher(value).matches()) {
                causes.add(invalid("metadata.labels", value, value.length() > 63
                        ? "must be no more than 63 characters"
                        : "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and "
                                + "must start and end with an alphanumeric character"));
            }
        });
        Json.map(write.after(), "metadata", "annotations").keySet()
                .forEach(key -> checkKey(key, "metadata.annotations", causes));
    }

    private static void checkKey(String key, String field, List<Cause> causes) {
        int slash = key.indexOf('/');
        boolean prefixFits = slash < 0 || SUBDOMAIN.matcher(key.substring(0, slash)).matches();
        if (!prefixFits || !KEY_NAME.matcher(key.substring(slash + 1)).matches()) {
            causes.add(invalid(field, key, "name part must consist of alphanumeric characters, '-', '_' or '.', and must "
                    + "start and end with an alphanumeric character"));
        }
    }

    private static Cause invalid(String field, String value, String why) {
        return new Cause("FieldValueInvalid", "Invalid value: \"" + value + "\": " + why, field);
    }

    private static void checkNamespace(Write write) {
        String name = write.namespace();
        ObjectNode namespace = write.namespaceObject();
        if (namespace == null) {
            throw ApiFailure.notFound(Kinds.NAMESPACE, name);
        }
        // Events may still be told about what is ending.
        if (Meta.isTerminating(namespace) && !write.kind().equals(Kinds.EVENT)) {
            throw ApiFailure.forbidden(write.kind(), write.name(),
                            "unable to create new content in namespace " + name + " because it is being terminated")
                    .causes(List.of(new Cause("NamespaceTerminating", "namespace " + name + " is being terminated",
                            "metadata.namespace")));
        }
    }
}
