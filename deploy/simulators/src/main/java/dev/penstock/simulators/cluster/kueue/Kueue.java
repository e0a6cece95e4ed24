package dev.penstock.simulators.cluster.kueue;

import dev.penstock.simulators.cluster.store.Admission;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Write;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.ObjectNode;

/** Whether it is installed, what its webhook does to pods, and what it is told to do from outside. */
public final class Kueue implements Admission {

    public static final String QUEUE = "kueue.x-k8s.io/queue-name";
    /** Label and finalizer of the pods that it looks after. */
    public static final String MANAGED = "kueue.x-k8s.io/managed";
    public static final String GATE = "kueue.x-k8s.io/admission";
    /** Label of a workload: which pod it is of. */
    public static final String POD_UID = "kueue.x-k8s.io/job-uid";

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> preempted = ConcurrentHashMap.newKeySet();
    private volatile boolean installed;
    private volatile boolean working = true;

    public boolean isInstalled() {
        return installed;
    }

    /** With it come its kinds and its webhook. What is on the cluster stays when it goes. */
    public void install(boolean wanted) {
        installed = wanted;
        listeners.forEach(Runnable::run);
    }

    /** Whether its controllers run. Without them its kinds and its webhook are there, and nobody takes note of a pod. */
    public void work(boolean wanted) {
        working = wanted;
        listeners.forEach(Runnable::run);
    }

    public boolean isWorking() {
        return installed && working;
    }

    /** It takes the quota of that pod back, for somebody who comes first. */
    public void preempt(String namespace, String pod) {
        preempted.add(namespace + "/" + pod);
        listeners.forEach(Runnable::run);
    }

    /** Tells of what {@link #install}, {@link #work} and {@link #preempt} were asked for. */
    public void listen(Runnable told) {
        listeners.add(told);
    }

    /** Whether the pod is to be preempted; it is so once. */
    public boolean takesBack(ObjectNode pod) {
        return preempted.remove(Meta.namespace(pod) + "/" + Meta.name(pod));
    }

    public static boolean isManaged(ObjectNode pod) {
        return "true".equals(Meta.labels(pod).get(MANAGED));
    }

    /** Its webhook: a pod that names a queue is its, and waits. */
    @Override
    public void admit(Write write) {
        if (!installed || !write.creates() || !write.kind().equals(Kinds.POD) || !Meta.labels(write.after()).containsKey(QUEUE)) {
            return;
        }
        ObjectNode pod = write.after();
        Json.within(pod, "metadata", "labels").put(MANAGED, "true");
        Json.list(Meta.of(pod), "finalizers").add(MANAGED);
        if (Json.find(Json.at(pod, "spec", "schedulingGates"), "name", GATE) == null) {
            Json.list(Json.within(pod, "spec"), "schedulingGates").addObject().put("name", GATE);
        }
    }
}
