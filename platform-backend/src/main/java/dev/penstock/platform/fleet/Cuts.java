package dev.penstock.platform.fleet;

import dev.penstock.contract.platform.GpuView;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How GPUs are cut that offer something, with nobody on them: also of nodes that are no more. */
@Component
public class Cuts {

    private final CutNodes nodes;

    Cuts(CutNodes nodes) {
        this.nodes = nodes;
    }

    /**
     * @param device for people to read; the product where the catalogue does not know it
     * @param gpus empty where what is offered does not tell
     */
    public record Cut(String device, List<GpuView> gpus) {}

    /**
     * @param product as GPU feature discovery labels it
     * @param gpus how many there are; 0: unknown
     * @param offered by name of the resource
     */
    public Cut of(String product, int gpus, Map<String, Integer> offered) {
        return FleetViews.cut(product, nodes.empty(product, gpus, offered));
    }
}
