package dev.penstock.quota.stop;

import dev.penstock.contract.StopId;
import dev.penstock.contract.quota.StopLift;
import dev.penstock.contract.quota.StopSpec;
import dev.penstock.contract.quota.StopView;
import dev.penstock.contract.quota.StopsApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.quota.access.Access;
import java.util.List;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StopsController implements StopsApi {

    private final Access access;
    private final StopMaking stops;

    StopsController(Access access, StopMaking stops) {
        this.access = access;
        this.stops = stops;
    }

    @Override
    @Audited(action = "stop.list", subject = "stop")
    public List<StopView> list() {
        access.requireReviewer();
        return stops.list(access.actor());
    }

    @Override
    @Audited(action = "stop.make", subject = "stop", id = "stop")
    public StopView make(StopId stop, StopSpec spec) {
        access.requireAdmin();
        return stops.make(access.actor(), stop, spec);
    }

    @Override
    @Audited(action = "stop.lift", subject = "stop", id = "stop")
    public StopView lift(StopId stop, StopLift lift) {
        access.requireAdmin();
        return stops.lift(access.actor(), stop, lift);
    }
}
