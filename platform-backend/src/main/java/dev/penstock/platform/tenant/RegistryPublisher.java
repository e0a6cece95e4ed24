package dev.penstock.platform.tenant;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.RegistryApi;
import dev.penstock.contract.quota.TenantRegistration;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.live.LiveFeed;
import dev.penstock.frame.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
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
        TenantRegistration registration = table.read(tenant);
        registry.register(tenant, registration);
        table.confirm(tenant, registration.version());
    }
}
