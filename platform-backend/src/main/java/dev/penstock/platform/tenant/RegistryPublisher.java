package dev.penstock.platform.tenant;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.MoveRegistration;
import dev.penstock.contract.quota.RegistryApi;
import dev.penstock.contract.quota.TenantRegistration;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.live.LiveFeed;
import dev.penstock.frame.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells quota-service of every tenant, as a whole and with a version, until it confirms. */
@Component
class RegistryPublisher implements BackgroundWork {

    private static final Outbox.About ABOUT = new Outbox.About("registry-publisher", "penstock.registry", "tenants");

    private final RegistrationTable table;
    private final RegistryApi registry;
    private final Outbox<TenantId> outbox;

    RegistryPublisher(RegistrationTable table, RegistryApi registry, RegistrySettings settings, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        this.table = table;
        this.registry = registry;
        this.outbox = new Outbox<>(ABOUT, table::unconfirmed, this::publish, settings.poll(), settings.backOff(), clock, feed, metrics);
    }

    /** Something changed; look now. */
    void wake() {
        outbox.rhythm().wake();
    }

    @Override
    public Rhythm rhythm() {
        return outbox.rhythm();
    }

    private void publish(TenantId tenant) {
        // First what is told, then whether it is of a move: were it the other way round, one that comes between the two would be told by half.
        TenantRegistration registration = table.read(tenant);
        Optional<RegistrationTable.Untold> move = table.untold(tenant);
        if (move.isPresent()) {
            publish(move.get());
        } else {
            registry.register(tenant, registration);
            table.confirm(tenant, registration.version());
        }
    }

    /** With both tenants: the project must not be in neither. */
    private void publish(RegistrationTable.Untold move) {
        TenantRegistration left = table.read(move.from());
        TenantRegistration joined = table.read(move.to());
        // Another replica may have told it, and the next move begun: what was read could be of that one.
        if (table.untold(move.from()).filter(move::equals).isEmpty()) {
            return;
        }
        registry.move(move.id(), new MoveRegistration(move.project(), move.from(), left, move.to(), joined));
        table.told(move);
        table.confirm(move.from(), left.version());
        table.confirm(move.to(), joined.version());
    }
}
