package dev.penstock.platform.provisioning;

import dev.penstock.platform.cluster.PodSeen;
import java.util.Objects;
import java.util.Optional;

/** What is wrong with a pod, in words. Pure. {@code what} is what runs in it, as people call it. */
final class Loss {

    private Loss() {}

    /** Why this pod will not become ready any more; empty: it may. */
    static Optional<String> of(PodSeen pod, boolean nodeLost, String what) {
        if (nodeLost) {
            return Optional.of("Node " + pod.node() + " does not answer any more.");
        }
        if (pod.terminating()) {
            return Optional.of("The " + what + " was removed on the cluster.");
        }
        return pod.ended()
                ? Optional.of("The " + what + " ended on the cluster" + (pod.message() == null ? "." : ": " + pod.message()))
                : Optional.empty();
    }

    static String inWords(PodSeen.Trouble trouble, int restarts, String what) {
        String message = trouble.message() == null ? "" : ": " + trouble.message();
        return switch (trouble.reason()) {
            case "ErrImagePull", "ImagePullBackOff", "InvalidImageName" -> "The " + what + "'s image cannot be fetched" + message;
            case "CrashLoopBackOff" -> "The " + what + " keeps crashing, " + restarts + " times so far" + message;
            case "OOMKilled" -> "The " + what + " ran out of memory and was stopped, " + restarts + " times so far" + message;
            default -> "The " + what + " does not run (" + trouble.reason() + ")" + message;
        };
    }

    /** Why a pod that was ready is not. */
    static String faltered(PodSeen pod, String what) {
        if (pod.trouble() != null) {
            return inWords(pod.trouble(), pod.restarts(), what);
        }
        PodSeen.Condition ready = pod.ready();
        String said = ready == null ? null : Objects.requireNonNullElse(ready.message(), ready.reason());
        return "The " + what + " is not ready any more" + (said == null ? "." : ": " + said + ".");
    }
}
