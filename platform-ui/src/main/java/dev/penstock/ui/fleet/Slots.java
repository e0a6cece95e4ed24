package dev.penstock.ui.fleet;

import dev.penstock.contract.platform.GpuView;
import dev.penstock.contract.platform.GpuView.Partition;
import dev.penstock.contract.platform.NodeView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Slots of computing, counted.
 *
 * @param held of partitions that somebody holds
 * @param free of partitions that nobody holds
 * @param stranded of no partition
 * @param out of nodes that are not in service
 */
record Slots(int held, int free, int stranded, int out) {

    static Slots of(Collection<NodeView> nodes) {
        int held = 0;
        int free = 0;
        int stranded = 0;
        int out = 0;
        for (NodeView node : nodes) {
            for (GpuView gpu : node.gpus()) {
                if (!node.ready() || !node.schedulable()) {
                    out += gpu.computeSlots();
                    continue;
                }
                int taken = gpu.partitions().stream().filter(partition -> partition.holder() != null).mapToInt(Partition::computeSlots).sum();
                int cut = gpu.partitions().stream().mapToInt(Partition::computeSlots).sum();
                held += taken;
                free += cut - taken;
                stranded += gpu.computeSlots() - cut;
            }
        }
        return new Slots(held, free, stranded, out);
    }

    int inService() {
        return held + free + stranded;
    }

    /** As {@code 27 held, 1 stranded}; what is nought is left away. */
    String inWords() {
        List<String> words = new ArrayList<>();
        add(words, held, "held");
        add(words, free, "free");
        add(words, stranded, "stranded");
        add(words, out, "out of service");
        return String.join(", ", words);
    }

    private static void add(List<String> words, int count, String what) {
        if (count > 0) {
            words.add(count + " " + what);
        }
    }
}
