package dev.penstock.simulators.cluster.container;

import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The addresses of pods, out of 127.65.0.0/16. On Linux all of 127.0.0.0/8 is this machine; on macOS only 127.0.0.1 is, and
 * others have to be added by hand.
 */
public final class LoopbackAddresses {

    private static final int ADDRESSES = (1 << 16) - 2;

    private LoopbackAddresses() {
    }

    /** An address for the pod that no other one has. It follows from the uid, so that two clusters on a machine seldom meet. */
    public static String free(ObjectNode pod, List<ObjectNode> pods) {
        Set<String> taken = pods.stream().map(other -> Json.text(other, "status", "podIP")).collect(Collectors.toSet());
        int number = Meta.uid(pod).hashCode();
        while (taken.contains(address(number))) {
            number++;
        }
        return address(number);
    }

    private static String address(int number) {
        int host = Math.floorMod(number, ADDRESSES) + 1;
        return "127.65." + (host >> 8) + "." + (host & 0xff);
    }

    /** Why nothing can listen there, and what to do about it. */
    public static String explain(String address, Exception failed) {
        return "cannot listen at " + address + ": " + failed.getMessage() + ". On Linux every address of 127.0.0.0/8 can be used;"
                + " on macOS this one has to be added first: sudo ifconfig lo0 alias " + address;
    }
}
