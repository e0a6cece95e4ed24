package dev.penstock.platform.cluster;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What marks an object as ours, in labels and annotations. The labels find it; the uid, which only we know to belong to the project, makes
 * it ours.
 *
 * @param uid of the project
 * @param slice null on what belongs to the whole project
 * @param phase of the slice; 0 on what belongs to the whole project
 * @param fence of the claim under which it was applied; 0 on what belongs to the whole project
 */
public record Marks(
        String installation, TenantId tenant, ProjectId project, UUID uid, @Nullable SliceId slice, int phase, long fence) {

    public static final String INSTALLATION = "penstock.dev/installation";
    public static final String TENANT = "penstock.dev/tenant";
    public static final String PROJECT = "penstock.dev/project";
    public static final String SLICE = "penstock.dev/slice";
    public static final String PHASE = "penstock.dev/phase";
    public static final String UID = "penstock.dev/uid";
    public static final String FENCE = "penstock.dev/fence";

    public static Marks ofProject(String installation, TenantId tenant, ProjectId project, UUID uid) {
        return new Marks(installation, tenant, project, uid, null, 0, 0);
    }

    public Map<String, Object> labels() {
        Map<String, Object> labels = new TreeMap<>(Map.of(
                "app.kubernetes.io/managed-by", "penstock",
                INSTALLATION, installation,
                TENANT, tenant.toString(),
                PROJECT, project.toString()));
        if (slice != null) {
            labels.put(SLICE, slice.toString());
        }
        return labels;
    }

    public Map<String, Object> annotations() {
        Map<String, Object> annotations = new TreeMap<>(Map.of(UID, uid.toString()));
        if (slice != null) {
            annotations.put(PHASE, Integer.toString(phase));
            annotations.put(FENCE, Long.toString(fence));
        }
        return annotations;
    }

    /** @return null if the object is not marked, or not as we mark */
    public static @Nullable Marks read(@Nullable Map<String, String> labels, @Nullable Map<String, String> annotations) {
        if (labels == null || annotations == null || !labels.containsKey(INSTALLATION)) {
            return null;
        }
        try {
            return new Marks(
                    labels.get(INSTALLATION),
                    new TenantId(UUID.fromString(labels.getOrDefault(TENANT, ""))),
                    new ProjectId(UUID.fromString(labels.getOrDefault(PROJECT, ""))),
                    UUID.fromString(annotations.getOrDefault(UID, "")),
                    optional(labels.get(SLICE), SliceId::of),
                    Integer.parseInt(annotations.getOrDefault(PHASE, "0")),
                    Long.parseLong(annotations.getOrDefault(FENCE, "0")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static <T> @Nullable T optional(@Nullable String text, Function<String, T> parse) {
        return text == null ? null : parse.apply(text);
    }
}
