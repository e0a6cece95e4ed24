package dev.penstock.platform.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether an object on the cluster is still what was written last, so that it need not be written again. What was written is remembered by
 * its digest in an annotation: it tells when we want something else, also when a field is not wanted any more. And every field that we want
 * must still be there: somebody may have changed one by hand.
 */
final class AsWritten {

    private static final String DIGEST = "penstock.dev/applied";

    private final KubernetesSerialization serialization;

    AsWritten(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    /** Notes on the object what is about to be written. */
    void mark(HasMetadata wanted) {
        String digest = digest(wanted);
        Map<String, String> annotations = new TreeMap<>(wanted.getMetadata().getAnnotations());
        annotations.put(DIGEST, digest);
        wanted.getMetadata().setAnnotations(annotations);
    }

    /** @param wanted as {@link #mark marked} */
    boolean still(HasMetadata existing, HasMetadata wanted) {
        return holds(tree(existing), tree(wanted));
    }

    /** Whether everything that {@code wanted} says is so; what else there is are defaults, the cluster's own notes, and the affairs of others. */
    private static boolean holds(Object existing, Object wanted) {
        return switch (wanted) {
            case Map<?, ?> fields -> existing instanceof Map<?, ?> there && fields.entrySet().stream()
                    .allMatch(field -> there.get(field.getKey()) != null && holds(there.get(field.getKey()), field.getValue()));
            case List<?> items -> existing instanceof List<?> there && there.size() == items.size() && inOrder(there.iterator(), items);
            default -> wanted.equals(existing);
        };
    }

    private static boolean inOrder(Iterator<?> existing, List<?> wanted) {
        return wanted.stream().allMatch(item -> holds(existing.next(), item));
    }

    private Map<?, ?> tree(HasMetadata object) {
        return serialization.convertValue(object, Map.class);
    }

    private String digest(HasMetadata object) {
        try {
            byte[] text = serialization.asJson(sorted(tree(object))).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Fields by name: the order in which they were put together says nothing. */
    private static Object sorted(Object tree) {
        return switch (tree) {
            case Map<?, ?> fields -> {
                Map<String, Object> byName = new TreeMap<>();
                fields.forEach((name, value) -> byName.put(String.valueOf(name), sorted(value)));
                yield byName;
            }
            case List<?> items -> items.stream().map(AsWritten::sorted).toList();
            default -> tree;
        };
    }
}
