package dev.penstock.simulators.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.fleet.FleetNode;
import dev.penstock.simulators.cluster.fleet.GpuModel;
import dev.penstock.simulators.cluster.fleet.NodeObject;
import dev.penstock.simulators.cluster.fleet.Sharing;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Where HAMi's part of the scheduler puts a pod. */
class CardsTest {

    private final ObjectNode node = NodeObject.of(
            new FleetNode("n", GpuModel.H100_80GB, 96, 1024, 110, new Sharing("hami", 4), List.of(List.of(), List.of())), 0, "2026-01-01T00:00:00Z");

    @Test
    void podsAreSpreadOverCardsAndNoCardGivesMoreThanItHas() {
        NodeFit fit = new NodeFit(node, List.of());
        assertThat(place(fit, 30_000, 50)).isEqualTo("GPU-n-0,NVIDIA,30000,50:;");
        assertThat(place(fit, 30_000, 50)).isEqualTo("GPU-n-1,NVIDIA,30000,50:;");
        // Of both together 103118 MiB are left, of neither 60000.
        assertThat(fit.judge(pod(60_000, 1)).reasons()).containsExactly("CardInsufficientMemory");
        assertThat(fit.judge(pod(1_000, 60)).reasons()).as("nor as much computing").containsExactly("CardInsufficientMemory");
        assertThat(place(fit, 50_000, 50)).isEqualTo("GPU-n-0,NVIDIA,50000,50:;");
    }

    @Test
    void whatPodsHaveIsReadFromTheirNotes() {
        ObjectNode there = pod(80_000, 100);
        Json.within(there, "metadata", "annotations").put(Cards.ALLOCATED, "GPU-n-0,NVIDIA,80000,100:;");
        assertThat(place(new NodeFit(node, List.of(there)), 20_000, 25)).isEqualTo("GPU-n-1,NVIDIA,20000,25:;");
    }

    @Test
    void aNodeWithoutHamiHasNoCardForAShare() {
        ObjectNode whole = NodeObject.of(new FleetNode("w", GpuModel.H100_80GB, 96, 1024, 110, List.of(List.of())), 0, "2026-01-01T00:00:00Z");
        assertThat(new NodeFit(whole, List.of()).judge(pod(1_000, 1)).reasons()).containsExactly("CardInsufficientMemory");
    }

    private static String place(NodeFit fit, int memory, int cores) {
        ObjectNode pod = pod(memory, cores);
        assertThat(fit.judge(pod).reasons()).isEmpty();
        String note = fit.allocation(pod).orElseThrow();
        Json.within(pod, "metadata", "annotations").put(Cards.ALLOCATED, note);
        fit.take(pod);
        return note;
    }

    private static ObjectNode pod(int memory, int cores) {
        ObjectNode pod = Json.object();
        ObjectNode container = Json.list(Json.within(pod, "spec"), "containers").addObject();
        for (String which : List.of("requests", "limits")) {
            Json.within(container, "resources", which).put("nvidia.com/gpu", "1").put("nvidia.com/gpumem", String.valueOf(memory)).put("nvidia.com/gpucores", String.valueOf(cores));
        }
        return pod;
    }
}
