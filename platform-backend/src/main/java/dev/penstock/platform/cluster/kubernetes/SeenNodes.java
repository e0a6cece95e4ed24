package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.NodeSeen;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads nodes. */
final class SeenNodes {

    /** The label of GPU feature discovery that says which GPU a node has. */
    static final String PRODUCT = "nvidia.com/gpu.product";

    static final String MIG_CONFIG = "nvidia.com/mig.config";
    static final String MIG_STATE = "nvidia.com/mig.config.state";
    /** Annotation: whose doing it is that the node is closed, open or cut as it is. */
    static final String ORDER = "penstock.dev/order";

    private static final String COUNT = "nvidia.com/gpu.count";
    private static final String SHARING = "nvidia.com/gpu.sharing-strategy";
    private static final String REPLICAS = "nvidia.com/gpu.replicas";
    /** HAMi writes here what it hands out: such a node's {@code nvidia.com/gpu} is no whole GPU. */
    private static final String HAMI = "hami.io/node-nvidia-register";
    /** Label: into how many equal shares each GPU is to be divided. HAMi itself would divide them in any way. */
    private static final String HAMI_SHARES = "penstock.dev/hami-shares";
    private static final Pattern DIGITS = Pattern.compile("\\d{1,4}");

    private static final String SIMULATED = "penstock.dev/simulated";

    private SeenNodes() {}

    static NodeSeen seen(Node node) {
        Map<String, String> labels = Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of());
        NodeStatus status = node.getStatus() == null ? new NodeStatus() : node.getStatus();
        Optional<NodeCondition> ready = Objects.requireNonNullElse(status.getConditions(), List.<NodeCondition>of()).stream()
                .filter(condition -> "Ready".equals(condition.getType()))
                .findFirst();
        return new NodeSeen(
                node.getMetadata().getName(),
                labels.getOrDefault(PRODUCT, ""),
                ready.map(condition -> "True".equals(condition.getStatus())).orElse(false),
                ready.map(NodeCondition::getLastTransitionTime).map(Instant::parse).orElse(Instant.EPOCH),
                node.getSpec() == null || !Boolean.TRUE.equals(node.getSpec().getUnschedulable()),
                "true".equals(labels.get(SIMULATED)),
                number(labels.get(COUNT)),
                sharing(node, labels),
                Math.max(1, number(labels.get(sharing(node, labels).equals("hami") ? HAMI_SHARES : REPLICAS))),
                extended(status.getAllocatable()),
                node.getMetadata().getResourceVersion(),
                annotations(node).get(ORDER),
                labels.get(MIG_CONFIG),
                labels.get(MIG_STATE),
                RegisteredCards.read(annotations(node).get(HAMI)));
    }

    private static Map<String, String> annotations(Node node) {
        return Objects.requireNonNullElse(node.getMetadata().getAnnotations(), Map.of());
    }

    private static String sharing(Node node, Map<String, String> labels) {
        return annotations(node).containsKey(HAMI) ? "hami" : labels.getOrDefault(SHARING, "none");
    }

    private static int number(@Nullable String label) {
        return label != null && DIGITS.matcher(label).matches() ? Integer.parseInt(label) : 0;
    }

    /** Resources that devices bring: their names have a domain that is not Kubernetes' own. */
    static Map<String, Integer> extended(@Nullable Map<String, Quantity> quantities) {
        Map<String, Integer> extended = new HashMap<>();
        if (quantities != null) {
            quantities.forEach((name, quantity) -> {
                if (name.contains("/") && !name.contains("kubernetes.io/")) {
                    extended.put(name, quantity.getNumericalAmount().intValue());
                }
            });
        }
        return extended;
    }
}
