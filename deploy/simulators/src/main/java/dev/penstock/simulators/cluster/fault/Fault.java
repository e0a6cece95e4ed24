package dev.penstock.simulators.cluster.fault;

import java.time.Duration;
import java.util.regex.Pattern;

/** One thing that goes wrong. */
public sealed interface Fault {

    /** A fault that strikes requests to the API. */
    sealed interface OfRequest extends Fault {

        RequestMatch on();
    }

    /** A fault that strikes containers. */
    sealed interface OfContainer extends Fault {

        ContainerMatch on();
    }

    /** The API server is away: every request gets a 503, or its connection dropped, and watches are cut. */
    record ApiDown(boolean drop) implements OfRequest {

        @Override
        public RequestMatch on() {
            return RequestMatch.ANY;
        }
    }

    /** The request is refused with that status and nothing is done. 429 and 503 say when to retry, if that is above 0. */
    record Answer(RequestMatch on, int status, int retryAfterSeconds) implements OfRequest {

        public Answer {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status: must be between 400 and 599");
            }
        }
    }

    /** The request is answered as always, but late. */
    record Slow(RequestMatch on, Duration delay) implements OfRequest {
    }

    /** The request is carried out, but its answer is lost on the way: the caller sees a dropped connection. */
    record LoseAnswer(RequestMatch on) implements OfRequest {
    }

    /** Images cannot be pulled: {@code ErrImagePull}, then {@code ImagePullBackOff}, until the fault is lifted. */
    record ImagePull(ContainerMatch on) implements OfContainer {
    }

    /** Containers end with an error soon after they start, again and again. */
    record CrashLoop(ContainerMatch on, int exitCode) implements OfContainer {
    }

    /** The kubelet of the node stops answering; lifting the fault brings it back. */
    record NodeLost(String node) implements Fault {

        public NodeLost {
            if (node.isBlank()) {
                throw new IllegalArgumentException("node: must be given");
            }
        }
    }

    /** The MIG manager of the node cannot cut its GPUs, as when something it does not know of uses one. */
    record MigFails(String node) implements Fault {

        public MigFails {
            if (node.isBlank()) {
                throw new IllegalArgumentException("node: must be given");
            }
        }
    }

    /** Which requests: every part that is not empty must be equal. Verbs are those of Kubernetes, resources plurals. */
    record RequestMatch(String verb, String resource, String namespace, String name) {

        /** Every request. */
        public static final RequestMatch ANY = new RequestMatch("", "", "", "");

        boolean matches(RequestMatch request) {
            return (verb.isEmpty() || verb.equals(request.verb))
                    && (resource.isEmpty() || resource.equals(request.resource))
                    && (namespace.isEmpty() || namespace.equals(request.namespace))
                    && (name.isEmpty() || name.equals(request.name));
        }
    }

    /** Which containers: the image's reference and the pod's name, each by a regular expression found in it. */
    record ContainerMatch(Pattern image, Pattern pod) {

        /** The match of two expressions; an empty one matches everything. */
        public static ContainerMatch of(String image, String pod) {
            return new ContainerMatch(Pattern.compile(image), Pattern.compile(pod));
        }

        boolean matches(String imageName, String podName) {
            return image.matcher(imageName).find() && pod.matcher(podName).find();
        }
    }
}
