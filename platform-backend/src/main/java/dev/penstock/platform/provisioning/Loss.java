package dev.penstock.platform.provisioning;

import dev.penstock.platform.cluster.PodSeen;
import java.util.Objects;
import java.util.Optional;

/** What is wrong with a pod, in words. Pure. */
final class Loss {

    private Loss() {}

    /** Why this pod will not become ready any more; empty: it may. */
    static Optional<String> of(PodSeen pod, boolean nodeLost) {
        if (nodeLost) {
            return Optional.of("Node " + pod.node() + " does not answer any more.");
        }
        if (pod.terminating()) {
            return Optional.of("The workspace was removed on the cluster.");
        }
        return pod.ended()
                ? Optional.of("The workspace ended on the cluster" + (pod.message() == null ? "." : ": " + pod.message()))
                : Optional.empty();
    }

    static String inWords(PodSeen.Trouble trouble, int restarts) {
        String message = trouble.message() == null ? "" : ": " + trouble.message();
        return switch (trouble.reason()) {
            case "ErrImagePull", "ImagePullBackOff", "InvalidImageName" -> "The workspace's image cannot be fetched" + message;
            case "CrashLoopBackOff" -> "The workspace keeps crashing, " + restarts + " times so far" + message;
            default -> "The workspace does not run (" + trouble.reason() + ")" + message;
        };
    }

    /** Why a pod that was ready is not. */
    static String faltered(PodSeen pod) {
        if (pod.trouble() != null) {
            return inWords(pod.trouble(), pod.restarts());
        }
        PodSeen.Condition ready = pod.ready();
        String said = ready == null ? null : Objects.requireNonNullElse(ready.message(), ready.reason());
        return "The workspace is not ready any more" + (said == null ? "." : ": " + said + ".");
    }
}
