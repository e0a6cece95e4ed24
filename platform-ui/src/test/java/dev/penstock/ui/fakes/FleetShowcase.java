package dev.penstock.ui.fakes;

import dev.penstock.contract.platform.FleetUse;
import dev.penstock.contract.platform.GpuView;
import dev.penstock.contract.platform.GpuView.Holder;
import dev.penstock.contract.platform.GpuView.Partition;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.contract.platform.RepackView;
import dev.penstock.contract.platform.RoomView;
import dev.penstock.contract.platform.SliceState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** GPUs as they are cut, with what the showcase's slices hold of them. */
public final class FleetShowcase {

    private static final Holder TRAIN = new Holder(Ids.slice(1), "train-lora", Ids.RESEARCH, "research", Ids.VISION, "research-vision", SliceState.READY);
    private static final Holder NOTEBOOK = new Holder(Ids.slice(2), "notebook-a", Ids.RESEARCH, "research", Ids.LANGUAGE, "research-language", SliceState.READY);
    private static final Holder SCORE = new Holder(Ids.slice(3), "score-replay", Ids.RISK, "risk", Ids.SCORING, "risk-scoring", SliceState.READY);
    private static final Holder COMING = new Holder(Ids.slice(4), "eval-batch", Ids.RISK, "risk", Ids.SCORING, "risk-scoring", SliceState.PROVISIONING);

    static final FleetUse NOT_MEASURED = new FleetUse("No Prometheus is named that knows GPU activity.", 120, List.of());

    private FleetShowcase() {}

    /** The one that comes up was not measured yet. */
    static FleetUse use(Instant now) {
        return new FleetUse(null, 120, List.of(
                new FleetUse.OfSlice(TRAIN.slice(), 0.93, now), new FleetUse.OfSlice(NOTEBOOK.slice(), 0.004, now), new FleetUse.OfSlice(SCORE.slice(), 0.41, now)));
    }

    static List<GpuView> gpus(String node) {
        return switch (node) {
            case "gpu-01" -> List.of(
                    gpu(0, part("1g.10gb", 0, 1, 1, NOTEBOOK), part("1g.10gb", 1, 1, 1, NOTEBOOK), part("1g.10gb", 2, 1, 1, SCORE), part("1g.10gb", 3, 1, 1, null),
                            part("1g.10gb", 4, 1, 1, TRAIN), part("1g.10gb", 5, 1, 1, COMING), part("1g.10gb", 6, 1, 1, null)),
                    gpu(1, part("2g.20gb", 0, 2, 2, TRAIN), part("2g.20gb", 2, 2, 2, SCORE), part("2g.20gb", 4, 2, 2, null)));
            case "gpu-02" -> List.of(
                    gpu(0, part("3g.40gb", 0, 3, 4, TRAIN), part("3g.40gb", 4, 3, 4, null)),
                    gpu(1, part("1g.10gb", 0, 1, 1, NOTEBOOK), part("1g.10gb", 1, 1, 1, null), part("1g.10gb", 2, 1, 1, null), part("1g.10gb", 3, 1, 1, null),
                            part("1g.10gb", 4, 1, 1, null), part("1g.10gb", 5, 1, 1, null), part("1g.10gb", 6, 1, 1, null)));
            case "gpu-03" -> List.of(gpu(0, part("7g.80gb", 0, 7, 8, SCORE)), gpu(1, part("3g.40gb", 0, 3, 4, NOTEBOOK), part("3g.40gb", 4, 3, 4, TRAIN)));
            default -> List.of(gpu(0, part("whole", 0, 7, 8, null)), gpu(1, part("whole", 0, 7, 8, null)));
        };
    }

    /** A node whose devices are listed one by one. */
    public static NodeView claimed(String name, Instant now) {
        return new NodeView(
                name, "NVIDIA-H100-80GB-HBM3", "NVIDIA H100 80 GB", true, true, true,
                List.of(new NodeView.Resource("gpu.nvidia.com", 1, 0), new NodeView.Resource("mig.nvidia.com", 1, 1)), List.of(), now, List.of(NOTEBOOK), null,
                List.of(
                        new NodeView.Device("gpu-0", "GPU", false, null), new NodeView.Device("gpu-1-mig-0", "1g.10gb", true, NOTEBOOK),
                        new NodeView.Device("gpu-1-mig-1", "1g.10gb", true, null)));
    }

    /** Everyone who has a part of it, each once. */
    static List<Holder> holders(String node) {
        return gpus(node).stream().flatMap(gpu -> gpu.partitions().stream()).flatMap(part -> Stream.ofNullable(part.holder())).distinct().toList();
    }

    static void room(List<RoomView> room) {
        room.add(new RoomView("NVIDIA H100 80 GB", "NVIDIA-H100-80GB-HBM3", 6, List.of(
                profile("whole", 0, 0), profile("7g.80gb", 0, 0), profile("4g.40gb", 0, 0), profile("3g.40gb", 1, 1), profile("2g.20gb", 1, 1), profile("1g.20gb", 0, 0),
                profile("1g.10gb", 8, 8))));
    }

    static void repack(Map<Integer, RepackView> repack) {
        repack.put(0, new RepackView(List.of(), List.of(), List.of(), 1, 0, "of nothing"));
        repack.put(5, new RepackView(
                List.of(new RepackView.Recut("gpu-02", 1, Map.of("1g.10gb", 7), gpu(1, part("4g.40gb", 0, 4, 4, COMING), part("2g.20gb", 4, 2, 2, null), part("1g.10gb", 6, 1, 1, NOTEBOOK)))),
                List.of(new RepackView.Stopped(NOTEBOOK.slice(), NOTEBOOK.name(), "research", "1g.10gb", "gpu-02", "gpu-01")),
                List.of(new RepackView.Served(COMING.slice(), "eval-h100", "risk", "4g.40gb", "gpu-02")), 0, 480, "of one cut"));
    }

    private static RoomView.OfProfile profile(String name, int free, int ifCut) {
        return new RoomView.OfProfile("h100-80." + name, name, free, ifCut);
    }

    private static GpuView gpu(int index, Partition... partitions) {
        return new GpuView(index, 7, 8, Arrays.asList(partitions));
    }

    private static Partition part(String name, int start, int compute, int memory, @Nullable Holder holder) {
        return new Partition("h100-80." + name, name, start, compute, memory, holder);
    }
}
