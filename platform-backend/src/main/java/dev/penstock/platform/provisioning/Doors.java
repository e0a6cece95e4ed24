package dev.penstock.platform.provisioning;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.SliceClaims;
import dev.penstock.platform.slice.SliceKey;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Where workspaces answer, for the proxy. Asks the cluster, so it belongs into no transaction. */
@Component
public class Doors {

    private final Cluster cluster;
    private final Answering answering;
    private final Installation installation;
    private final SliceClaims slices;

    Doors(Cluster cluster, Answering answering, Installation installation, SliceClaims slices) {
        this.cluster = cluster;
        this.answering = answering;
        this.installation = installation;
        this.slices = slices;
    }

    /** An address within the cluster. */
    public record Door(String host, int port) {}

    /**
     * Empty: it is not there.
     *
     * @throws ProblemException {@code cluster_unavailable}
     */
    public Optional<Door> find(SliceKey slice, ProjectId project, WorkspaceKind kind) {
        String namespace = namespace(slice, project);
        try {
            answering.mustAnswer(namespace);
            return cluster.serviceAddress(namespace, WorkspaceManifests.name(slice.slice()))
                    .map(host -> new Door(host, WorkspaceManifests.port(kind)));
        } catch (ClusterFailure e) {
            throw new ProblemException(Problem.CLUSTER_UNAVAILABLE, e.sentence(), e);
        }
    }

    /** What certificates for the workspace are good for; its server knows no other name. */
    public static String principal(SliceKey slice) {
        return WorkspaceManifests.principal(slice.tenant(), slice.slice());
    }

    /** The workspace that it is the principal of, whether there is one or not; empty: it is none. */
    public static Optional<SliceKey> ofPrincipal(String principal) {
        return WorkspaceManifests.sliceOf(principal);
    }

    private String namespace(SliceKey slice, ProjectId project) {
        return slices.find(slice).map(installation::namespace).orElseGet(() -> installation.namespace(project));
    }
}
