package dev.penstock.ui.fleet;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.GpuView;
import dev.penstock.contract.platform.GpuView.Partition;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One GPU: a row of its memory slots and under it a row of its slots of computing. */
final class GpuCard {

    private GpuCard() {}

    /**
     * @param aside beside its number, quiet
     * @param served false: its node is out of service
     */
    static Component of(GpuView gpu, Colours colours, String aside, boolean served) {
        var slots = Markup.of("div", "slots").style("--slots", String.valueOf(gpu.memorySlots()));
        if (!served) {
            slots.with(column(Markup.of("div", "part broken", Markup.text("b", "", "out of service")), 0, gpu.memorySlots()));
            IntStream.range(0, gpu.computeSlots()).forEach(slot -> slots.with(column(Markup.of("i", "cell broken"), slot, 1)));
        } else {
            gpu.partitions().forEach(partition -> slots.with(column(part(partition, colours), partition.start(), partition.memorySlots())));
            lostMemory(gpu).forEach(slot -> slots.with(column(Markup.of("div", "part lost").hover("memory slot " + slot + ", stranded"), slot, 1)));
            compute(gpu, colours).forEach(slots::with);
        }
        return Markup.of(
                "article", "gpu",
                Markup.of("header", "", Markup.text("strong", "", "GPU " + gpu.index()), Markup.text("span", "quiet", aside)),
                slots);
    }

    /** How it was cut, and nothing about who was on it. */
    static Component cut(GpuView gpu) {
        var slots = Markup.of("div", "slots").style("--slots", String.valueOf(gpu.memorySlots()));
        gpu.partitions().forEach(partition -> {
            slots.with(column(Markup.of("div", "part past", Markup.text("b", "", label(partition))).hover(partition.name()), partition.start(), partition.memorySlots()));
            IntStream.range(partition.start(), partition.start() + Math.min(partition.computeSlots(), partition.memorySlots()))
                    .forEach(slot -> slots.with(column(Markup.of("i", "cell past"), slot, 1)));
        });
        lostMemory(gpu).forEach(slot -> slots.with(column(Markup.of("div", "part lost").hover("memory slot " + slot + ", of no partition"), slot, 1)));
        return Markup.of(
                "article", "gpu",
                Markup.of("header", "", Markup.text("strong", "", "GPU " + gpu.index()), Markup.text("span", "quiet", inWords(gpu))),
                slots);
    }

    /** As {@code 4 parts}. */
    static String inWords(GpuView gpu) {
        if (gpu.partitions().isEmpty()) {
            return "nothing offered";
        }
        return gpu.partitions().size() == 1 && gpu.partitions().getFirst().memorySlots() == gpu.memorySlots()
                ? gpu.partitions().getFirst().name()
                : Quantities.count(gpu.partitions().size(), "part", "parts");
    }

    private static Markup part(Partition partition, Colours colours) {
        GpuView.Holder holder = partition.holder();
        if (holder == null) {
            return Markup.of("div", "part free", Markup.text("b", "", "free"), Markup.text("span", "", label(partition))).hover("free: " + partition.name());
        }
        String starting = holder.state() == SliceState.READY ? "" : " starting";
        return Markup.of(
                        "div", "part " + colours.css(holder) + starting,
                        Markup.of("b", "", new Link(holder.name(), Address.of(Destination.Paths.SLICES + "/" + holder.tenant() + "/" + holder.slice()))),
                        Markup.text("span", "", colours.label(holder, label(partition))))
                .hover(holder.tenantName() + ", " + holder.projectName() + ", " + holder.name() + ": " + partition.name() + ", " + Badge.word(holder.state()) + ", " + colours.inWords(holder));
    }

    /** Without the memory where there is no room for it. */
    private static String label(Partition partition) {
        return partition.memorySlots() == 1 ? partition.name().replaceAll("\\.\\d+gb", "") : partition.name();
    }

    private static List<Integer> lostMemory(GpuView gpu) {
        return IntStream.range(0, gpu.memorySlots())
                .filter(slot -> gpu.partitions().stream().noneMatch(part -> slot >= part.start() && slot < part.start() + part.memorySlots()))
                .boxed()
                .toList();
    }

    /** Under the memory of each partition as many as it has; what is left of the row belongs to nobody. */
    private static List<Component> compute(GpuView gpu, Colours colours) {
        List<Component> cells = new ArrayList<>();
        boolean[] drawn = new boolean[gpu.memorySlots()];
        for (Partition partition : gpu.partitions()) {
            GpuView.@Nullable Holder holder = partition.holder();
            for (int slot = partition.start(); slot < partition.start() + Math.min(partition.computeSlots(), partition.memorySlots()); slot++) {
                cells.add(column(Markup.of("i", holder == null ? "cell free" : "cell " + colours.css(holder)), slot, 1));
                drawn[slot] = true;
            }
        }
        int stranded = gpu.computeSlots() - gpu.partitions().stream().mapToInt(Partition::computeSlots).sum();
        for (int slot = 0; slot < drawn.length && stranded > 0; slot++) {
            if (!drawn[slot]) {
                cells.add(column(Markup.of("i", "cell lost").hover("a slot of computing, stranded"), slot, 1));
                stranded--;
            }
        }
        return cells;
    }

    private static Markup column(Markup drawn, int start, int slots) {
        return drawn.style("grid-column", start + 1 + " / span " + slots);
    }
}
