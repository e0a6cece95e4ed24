package dev.penstock.contract.platform;

import java.util.List;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** The GPU nodes as observed. For organisation roles. */
@HttpExchange("/api/fleet")
public interface FleetApi {

    @GetExchange("/nodes")
    List<NodeView> nodes();

    /** What there is room for, by device. */
    @GetExchange("/room")
    List<RoomView> room();

    /** Which ways of giving GPUs out the nodes have, and what is missing for the others. */
    @GetExchange("/features")
    List<FeatureView> features();

    /**
     * Proposes how to cut GPUs anew for slices that are queued.
     *
     * @param mostStopped how many running slices may be stopped for it, 0 to 1,000
     */
    @GetExchange("/repack")
    RepackView repack(@RequestParam("mostStopped") int mostStopped);
}
