package dev.penstock.platform.provisioning;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.live.LiveFeed;
import dev.penstock.platform.fleet.NodeOrder;
import dev.penstock.platform.fleet.NodeOrders;
import org.springframework.stereotype.Component;

/** Calls the reconciler of nodes for every node that has an order: on a timer, and when something changed. */
@Component
class NodeLoop implements BackgroundWork {

    private final NodeOrders orders;
    private final NodeReconciler reconciler;
    private final Rhythm rhythm;

    NodeLoop(NodeOrders orders, NodeReconciler reconciler, NodeSettings settings, LiveFeed feed) {
        this.orders = orders;
        this.reconciler = reconciler;
        this.rhythm = Rhythm.of("node-orders", settings.ordersEvery(), this::turn);
        feed.onChange(rhythm::wake);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    void turn() {
        for (NodeOrder order : orders.read()) {
            reconciler.reconcile(order.node());
        }
    }
}
