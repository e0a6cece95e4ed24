package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.ObjectSeen;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The kinds that slices have beside pods: all of them are looked for together, so that none is forgotten when a slice goes. */
final class ServingObjects {

    private static final Map<String, String> PLURALS = Map.of(
            "Deployment", "deployments", "Service", "services", "Secret", "secrets", "NetworkPolicy", "networkpolicies",
            "PersistentVolumeClaim", "persistentvolumeclaims", "ResourceClaim", "resourceclaims");
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final List<Class<? extends HasMetadata>> KINDS =
            List.of(Deployment.class, Service.class, Secret.class, NetworkPolicy.class, PersistentVolumeClaim.class);

    private final KubernetesClient client;

    ServingObjects(KubernetesClient client) {
        this.client = client;
    }

    List<ObjectSeen> inNamespace(String namespace, String slice) {
        List<HasMetadata> found = new ArrayList<>();
        for (Class<? extends HasMetadata> kind : KINDS) {
            found.addAll(client.resources(kind).inNamespace(namespace).withLabel(Marks.SLICE, slice).list().getItems());
        }
        found.addAll(claims(() -> client.resources(ResourceClaim.class).inNamespace(namespace).withLabel(Marks.SLICE, slice).list()));
        return found.stream().map(object -> SeenObjects.seen(object)).toList();
    }

    List<ObjectSeen> everywhere(String installation) {
        List<HasMetadata> found = new ArrayList<>();
        for (Class<? extends HasMetadata> kind : KINDS) {
            found.addAll(client.resources(kind).inAnyNamespace().withLabel(Marks.INSTALLATION, installation).withLabel(Marks.SLICE).list().getItems());
        }
        found.addAll(claims(() -> client.resources(ResourceClaim.class).inAnyNamespace().withLabel(Marks.INSTALLATION, installation).withLabel(Marks.SLICE).list()));
        return found.stream().map(object -> SeenObjects.seen(object)).toList();
    }

    /** A cluster that knows no claims has none; where we may not see any we have made none. */
    private static List<ResourceClaim> claims(Supplier<KubernetesResourceList<ResourceClaim>> list) {
        try {
            return list.get().getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND || e.getCode() == FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }

    /** Where the API has the object. */
    static String path(ObjectSeen object) {
        String plural = PLURALS.get(object.kind());
        if (plural == null) {
            throw new IllegalArgumentException("no slice has anything of this kind: " + object.title());
        }
        String group = object.apiVersion().contains("/") ? "/apis/" : "/api/";
        return group + object.apiVersion() + "/namespaces/" + object.namespace() + "/" + plural + "/" + object.name();
    }
}
