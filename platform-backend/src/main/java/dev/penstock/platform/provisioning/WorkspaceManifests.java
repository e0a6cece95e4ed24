package dev.penstock.platform.provisioning;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.platform.slice.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A workspace of an image, on a part of a GPU and with a volume, reachable by our proxy alone. Pure. Its volume, service and policy are the slice's,
 * from when it is first brought up to its end; its pod is one phase's.
 */
final class WorkspaceManifests {

    private static final String HOME = "/home/workspace";
    private static final int PROBE_SECONDS = 2;
    private static final String ID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
    private static final Pattern PRINCIPAL = Pattern.compile("workspace-" + ID + "-" + ID);

    /**
     * As whoever the pod runs as; keys of its own are made once and kept on the volume. No password, no key that is only listed: certificates of our
     * authority for this workspace, and nothing else.
     */
    private static final String SSHD = """
            set -eu
            umask 077
            mkdir -p "$HOME/.sshd"
            [ -f "$HOME/.sshd/host_key" ] || ssh-keygen -q -t ed25519 -N "" -f "$HOME/.sshd/host_key"
            chmod 600 "$HOME/.sshd/host_key"
            printf '%s\\n' "$PENSTOCK_SSH_AUTHORITY" > /tmp/authority.pub
            printf '%s\\n' "$PENSTOCK_WORKSPACE" > /tmp/principals
            exec /usr/sbin/sshd -D -e -p 2222 -h "$HOME/.sshd/host_key" -f /dev/null -o PidFile=none -o UsePAM=no \\
              -o TrustedUserCAKeys=/tmp/authority.pub -o AuthorizedPrincipalsFile=/tmp/principals -o AuthorizedKeysFile=none \\
              -o PasswordAuthentication=no -o KbdInteractiveAuthentication=no -o StrictModes=no -o X11Forwarding=no
            """;

    private WorkspaceManifests() {}

    /** What the slice's volume, service and policy are called. */
    static String name(SliceId slice) {
        return "workspace-" + slice;
    }

    /** What its certificates are good for. Another tenant may have a slice of the same id, and the authority signs for both. */
    static String principal(TenantId tenant, SliceId slice) {
        return "workspace-" + tenant + "-" + slice;
    }

    /** Whose principal it is; empty: nobody's. */
    static Optional<SliceKey> sliceOf(String principal) {
        Matcher named = PRINCIPAL.matcher(principal);
        return named.matches() ? Optional.of(new SliceKey(new TenantId(UUID.fromString(named.group(1))), SliceId.of(named.group(2)))) : Optional.empty();
    }

    static int port(WorkspaceKind kind) {
        return switch (kind) {
            case JUPYTERLAB -> 8888;
            case VSCODE -> 8080;
            case SSH -> 2222;
        };
    }

    static Manifest volume(String namespace, Marks marks, Workspace workspace) {
        Map<String, Object> spec = new TreeMap<>(Map.of(
                "accessModes", List.of("ReadWriteOnce"),
                "resources", Map.of("requests", Map.of("storage", workspace.volumeGib() + "Gi"))));
        if (!workspace.storageClass().isEmpty()) {
            spec.put("storageClassName", workspace.storageClass());
        }
        return Manifest.of("v1", "PersistentVolumeClaim", namespace, nameOf(marks), marks, Map.of("spec", spec));
    }

    static Manifest service(String namespace, Marks marks, Workspace workspace) {
        return Manifest.of("v1", "Service", namespace, nameOf(marks), marks, Map.of("spec", Map.of(
                "type", "ClusterIP",
                "selector", ofSlice(marks),
                "ports", List.of(Map.of("name", "main", "protocol", "TCP", "port", port(workspace.kind()), "targetPort", "main")))));
    }

    /** Nothing else reaches it, also within the namespace, and it reaches nothing: see the namespace's own policy. */
    static Manifest policy(String namespace, Marks marks, Workspace workspace, ProvisioningSettings.Workspace settings) {
        Map<String, Object> proxy = Map.of(
                "namespaceSelector", Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", settings.proxyNamespace())),
                "podSelector", Map.of("matchLabels", Map.of("app.kubernetes.io/name", settings.proxyApp())));
        return Manifest.of("networking.k8s.io/v1", "NetworkPolicy", namespace, nameOf(marks), marks, Map.of("spec", Map.of(
                "podSelector", Map.of("matchLabels", ofSlice(marks)),
                "policyTypes", List.of("Ingress"),
                "ingress", List.of(Map.of("from", List.of(proxy), "ports", List.of(Map.of("protocol", "TCP", "port", port(workspace.kind()))))))));
    }

    /** @param authority the public key of our authority for SSH, as a line; empty: there is none */
    static Manifest pod(
            String namespace, String name, Marks marks, SliceProfile profile, Workspace workspace, ProvisioningSettings.Workspace settings, String authority) {
        List<Map<String, Object>> mounts = List.of(Map.of("name", "home", "mountPath", HOME));
        Map<String, Object> container =
                RestrictedPod.container(profile, settings.cpu(), settings.memory(), mounts, program(principal(marks.tenant(), sliceOf(marks)), workspace, authority));
        List<Map<String, Object>> volumes = List.of(Map.of("name", "home", "persistentVolumeClaim", Map.of("claimName", nameOf(marks))));
        return Manifest.of("v1", "Pod", namespace, name, marks, Map.of(
                "spec", RestrictedPod.spec(profile, marks.tenant(), name, container, volumes, settings.user(), settings.grace())));
    }

    private static Map<String, Object> program(String principal, Workspace workspace, String authority) {
        return new TreeMap<>(Map.of(
                "name", "workspace",
                "image", workspace.reference(),
                "command", command(workspace.kind()),
                "workingDir", HOME,
                "env", environment(principal, workspace.kind(), authority),
                "ports", List.of(Map.of("name", "main", "containerPort", port(workspace.kind()), "protocol", "TCP")),
                "readinessProbe", new TreeMap<>(Map.of(
                        probe(workspace.kind()), probed(workspace.kind()), "periodSeconds", PROBE_SECONDS, "failureThreshold", 3, "timeoutSeconds", 2))));
    }

    /** None asks for a password of its own: whoever comes was let in by the proxy, which nobody gets past. */
    private static List<String> command(WorkspaceKind kind) {
        String port = Integer.toString(port(kind));
        return switch (kind) {
            case JUPYTERLAB -> List.of(
                    "jupyter", "lab", "--ip=0.0.0.0", "--port=" + port, "--no-browser", "--IdentityProvider.token=", "--PasswordIdentityProvider.hashed_password=",
                    "--ServerApp.allow_remote_access=True", "--ServerApp.root_dir=" + HOME);
            case VSCODE -> List.of("code-server", "--bind-addr", "0.0.0.0:" + port, "--auth", "none", "--disable-telemetry", "--disable-update-check", HOME);
            case SSH -> List.of("sh", "-c", SSHD);
        };
    }

    private static List<Object> environment(String principal, WorkspaceKind kind, String authority) {
        List<Object> environment = new ArrayList<>(List.of(Map.of("name", "HOME", "value", HOME)));
        if (kind == WorkspaceKind.SSH) {
            environment.add(Map.of("name", "PENSTOCK_SSH_AUTHORITY", "value", authority));
            environment.add(Map.of("name", "PENSTOCK_WORKSPACE", "value", principal));
        }
        return environment;
    }

    private static String probe(WorkspaceKind kind) {
        return kind.inBrowser() ? "httpGet" : "tcpSocket";
    }

    private static Map<String, Object> probed(WorkspaceKind kind) {
        return switch (kind) {
            case JUPYTERLAB -> Map.of("path", "/api", "port", "main");
            case VSCODE -> Map.of("path", "/healthz", "port", "main");
            case SSH -> Map.of("port", "main");
        };
    }

    private static String nameOf(Marks marks) {
        return name(sliceOf(marks));
    }

    private static SliceId sliceOf(Marks marks) {
        SliceId slice = marks.slice();
        if (slice == null) {
            throw new IllegalArgumentException("a workspace is a slice's");
        }
        return slice;
    }

    private static Map<String, Object> ofSlice(Marks marks) {
        return Map.of(Marks.SLICE, String.valueOf(marks.slice()));
    }
}
