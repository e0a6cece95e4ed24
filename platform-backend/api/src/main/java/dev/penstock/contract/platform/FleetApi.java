package dev.penstock.contract.platform;

import java.util.List;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** The GPU nodes as observed. For organisation roles. */
@HttpExchange("/api/fleet")
public interface FleetApi {

    @GetExchange("/nodes")
    List<NodeView> nodes();
}
