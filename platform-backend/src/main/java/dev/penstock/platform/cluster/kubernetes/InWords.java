package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.ClusterFailure.Kind;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the API server's errors mean. */
final class InWords {

    private static final int LONGEST = 400;

    private InWords() {}

    static ClusterFailure failure(String doing, KubernetesClientException e) {
        Status status = e.getStatus();
        String said = bounded(status != null && status.getMessage() != null ? status.getMessage() : String.valueOf(e.getMessage()));
        if (e.getCode() <= 0) {
            return new ClusterFailure(Kind.UNAVAILABLE, "The cluster does not answer.", null, e);
        }
        return switch (e.getCode()) {
            case 403 -> forbidden(doing, said, status, e);
            case 409 -> new ClusterFailure(Kind.CONFLICT, "The cluster reports a conflict while " + doing + ": " + said, null, e);
            case 429 -> new ClusterFailure(Kind.BUSY, "The cluster is busy.", retryAfter(status), e);
            // What it is to be put into, or was looked at, is gone: another look finds that out.
            case 404 -> new ClusterFailure(Kind.CONFLICT, "The cluster refuses " + doing + ": " + said, null, e);
            case 400, 405, 413, 415, 422 -> new ClusterFailure(Kind.REFUSED, "The cluster refuses " + doing + ": " + said, null, e);
            case 401 -> new ClusterFailure(Kind.REFUSED, "The cluster does not accept Penstock's credentials.", null, e);
            default -> new ClusterFailure(Kind.UNAVAILABLE, "The cluster answers with error " + e.getCode() + " while " + doing + ".", retryAfter(status), e);
        };
    }

    private static ClusterFailure forbidden(String doing, String said, @Nullable Status status, KubernetesClientException e) {
        if (said.contains("exceeded quota")) {
            return new ClusterFailure(Kind.OVER_QUOTA, "The project's namespace has no room: " + said, null, e);
        }
        if (causes(status).anyMatch("NamespaceTerminating"::equals) || said.contains("is being terminated")) {
            return new ClusterFailure(Kind.TERMINATING, "The project's namespace is being deleted on the cluster.", null, e);
        }
        return new ClusterFailure(Kind.REFUSED, "The cluster refuses " + doing + ": " + said, null, e);
    }

    private static Stream<String> causes(@Nullable Status status) {
        return status == null || status.getDetails() == null || status.getDetails().getCauses() == null
                ? Stream.of()
                : status.getDetails().getCauses().stream().map(cause -> String.valueOf(cause.getReason()));
    }

    private static @Nullable Duration retryAfter(@Nullable Status status) {
        Integer seconds = status == null || status.getDetails() == null ? null : status.getDetails().getRetryAfterSeconds();
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
