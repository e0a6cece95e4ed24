package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.container.ModelContainers;
import dev.penstock.simulators.cluster.container.WorkspaceContainers;
import dev.penstock.simulators.cluster.fault.Faults;
import dev.penstock.simulators.cluster.fleet.DeviceObjects;
import dev.penstock.simulators.cluster.fleet.Fleet;
import dev.penstock.simulators.cluster.fleet.FleetNode;
import dev.penstock.simulators.cluster.fleet.NodeObject;
import dev.penstock.simulators.cluster.kueue.Kueue;
import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** All controllers, and the state a cluster has from its first moment: its nodes and its own namespaces. */
public final class Controllers implements AutoCloseable {

    /** What an operator's own might begin with. */
    private static final String MIG_CONFIGS = """
            version: v1
            mig-configs:
              all-disabled:
                - devices: all
                  mig-enabled: false
              all-1g.10gb:
                - devices: all
                  mig-enabled: true
                  mig-devices:
                    "1g.10gb": 7
            """;

    private final Loop loop;
    private final Registry registry;
    private final Services services;
    private final WorkspaceContainers workspaces;
    private final List<Controller> controllers;

    private Controllers(Registry registry, Loop loop, Services services, WorkspaceContainers workspaces, List<Controller> controllers) {
        this.registry = registry;
        this.loop = loop;
        this.services = services;
        this.workspaces = workspaces;
        this.controllers = controllers;
    }

    /** Starts them on what the store already holds. */
    public static Controllers start(Registry registry, Faults faults, Fleet fleet, Pace pace, Clock clock,
            ModelContainers models, Kueue kueue) {
        Events events = new Events(registry);
        Loop loop = new Loop();
        Services services = new Services(registry, events, loop);
        Controllers running = new Controllers(registry, loop, services, new WorkspaceContainers(registry.store()), new ArrayList<>());
        Kubelet kubelet = new Kubelet(registry, events, faults, loop, pace, clock, models, running.workspaces);
        NodeLifecycle nodes = new NodeLifecycle(registry, events, faults, kubelet, pace.eviction(), clock);
        running.controllers.addAll(List.of(
                new Namespaces(registry, loop), new Garbage(registry, loop), new QuotaReport(registry, loop),
                new VolumeBinder(registry, loop, pace.scheduling()), new Deployments(registry, events, loop),
                new ReplicaSets(registry, events, loop), new PodScheduler(registry, events, loop, pace.scheduling()),
                kubelet, nodes, services, new MigManager(registry, loop, faults, fleet.nodes(), pace.cutting()),
                new DeviceClaims(registry, loop), new Queueing(registry, events, loop, kueue)));
        kubelet.resume();
        running.catchUp();
        registry.store().listen(change -> loop.soon(() -> running.tell(change)));
        running.furnish(fleet);
        nodes.start(loop);
        faults.onAdded(fault -> loop.soon(kubelet::lookAgain));
        return running;
    }

    private void tell(Change change) {
        controllers.forEach(controller -> controller.changed(change));
    }

    /** What an earlier run left behind is news to this one. */
    private void catchUp() {
        for (Kind kind : Kinds.all()) {
            for (ObjectNode object : registry.store().list(kind, "")) {
                loop.soon(() -> tell(new Change(Change.Type.ADDED, kind, 0, object, null)));
            }
        }
    }

    private void furnish(Fleet fleet) {
        for (int number = 0; number < fleet.nodes().size(); number++) {
            ObjectNode node = NodeObject.of(fleet.nodes().get(number), number, registry.now());
            registry.create(Kinds.NODE, node, registry.author("kubelet", ""), false);
            registry.edit(Kinds.NODE, "", Meta.name(node), "kubelet", "status",
                    it -> it.set("status", node.path("status").deepCopy()));
        }
        if (fleet.hasClaims()) {
            furnishDevices(fleet);
        }
        for (String name : List.of("default", "kube-system", "kube-public", "kube-node-lease", MigManager.NAMESPACE)) {
            if (registry.store().get(Kinds.NAMESPACE, "", name) == null) {
                ObjectNode namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
                namespace.putObject("metadata").put("name", name);
                registry.create(Kinds.NAMESPACE, namespace, registry.author("kube-apiserver", ""), false);
            }
        }
        if (registry.store().get(Kinds.CONFIG_MAP, MigManager.NAMESPACE, MigManager.CONFIG_MAP) == null) {
            ObjectNode map = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
            map.putObject("metadata").put("namespace", MigManager.NAMESPACE).put("name", MigManager.CONFIG_MAP);
            map.putObject("data").put(MigManager.FILE, MIG_CONFIGS);
            registry.create(Kinds.CONFIG_MAP, map, registry.author("gpu-operator", ""), false);
        }
    }

    private void furnishDevices(Fleet fleet) {
        for (ObjectNode deviceClass : DeviceObjects.classes()) {
            if (registry.store().get(Kinds.DEVICE_CLASS, "", Meta.name(deviceClass)) == null) {
                registry.create(Kinds.DEVICE_CLASS, deviceClass, registry.author("nvidia-dra-driver", ""), false);
            }
        }
        for (FleetNode node : fleet.nodes()) {
            ObjectNode slice = DeviceObjects.sliceOf(node);
            if (node.claimed() && registry.store().get(Kinds.RESOURCE_SLICE, "", Meta.name(slice)) == null) {
                registry.create(Kinds.RESOURCE_SLICE, slice, registry.author("gpu.nvidia.com", ""), false);
            }
        }
    }

    @Override
    public void close() {
        loop.close();
        services.close();
        workspaces.close();
    }
}
