package dev.penstock.contract.platform;

import dev.penstock.contract.OrderId;
import dev.penstock.contract.RepackId;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** The GPU nodes as observed, for organisation roles; what is done about them, for administrators. */
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

    /** How much the GPUs of slices worked lately, where DCGM's metrics are reachable. */
    @GetExchange("/use")
    FleetUse use();

    /**
     * Proposes how to cut GPUs anew for slices that are queued.
     *
     * @param mostStopped how many running slices may be stopped for it, 0 to 1,000
     */
    @GetExchange("/repack")
    RepackView repack(@RequestParam("mostStopped") int mostStopped);

    /**
     * Consents to a proposal as it was shown: its nodes are closed, emptied, cut and opened, each by an order of its own. Repeating it changes nothing.
     * {@code changed_meanwhile} when the proposal is another one by now, with what differs; {@code wrong_state} while one of its nodes has an order.
     */
    @PutExchange("/repacks/{repack}")
    List<NodeOrderView> apply(@PathVariable RepackId repack, @Valid @RequestBody RepackConsent consent);

    /** Orders under way, then those that ended, the latest first; at most 100. */
    @GetExchange("/orders")
    List<NodeOrderView> orders();

    /**
     * Closes a node to new pods, empties it, or opens it. It takes the place of an order that closes, empties or opens the same node. Repeating it changes
     * nothing. {@code not_found} for a node that is not seen, {@code wrong_state} while the node is being cut anew.
     */
    @PutExchange("/orders/{order}")
    NodeOrderView order(@PathVariable OrderId order, @Valid @RequestBody NodeOrderSpec spec);

    /** Not to go on, and to open the node again: as long as the MIG manager was not told to cut it, then {@code wrong_state}. Repeating it changes nothing. */
    @PostExchange("/orders/{order}/cancel")
    NodeOrderView cancel(@PathVariable OrderId order);

    /** Once more from the start, after the MIG manager failed. {@code wrong_state} if it did not. */
    @PostExchange("/orders/{order}/retry")
    NodeOrderView retry(@PathVariable OrderId order);

    /** Ends an order that failed. The node stays closed: how it is cut is for a person to find out. {@code wrong_state} if it did not fail. */
    @PostExchange("/orders/{order}/give-up")
    NodeOrderView giveUp(@PathVariable OrderId order);
}
