package dev.penstock.platform.delegation;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.live.Changes;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.access.Matter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What other features ask of delegations. */
@Component
public class Delegations {

    private final DelegationTable table;
    private final TableCopy<Named.Key, Named> named;
    private final Access access;
    private final Changes changes;
    private final MeterRegistry metrics;
    private final Clock clock;

    Delegations(DelegationTable table, TableCopy<Named.Key, Named> named, Access access, Changes changes, MeterRegistry metrics, Clock clock) {
        this.table = table;
        this.named = named;
        this.access = access;
        this.changes = changes;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Of the tenants that the running transaction sees. */
    public Places places() {
        return new Places(access, table.heldBy(access.caller().subject(), clock.instant()));
    }

    /** In whose place the caller decides it, in the running transaction; nobody ends it before that does. */
    public Optional<Delegation> use(Matter matter) {
        Optional<Delegation> used = new Places(access, table.keepHeldBy(access.caller().subject(), clock.instant())).in(matter);
        used.ifPresent(each -> metrics.counter("penstock.delegations", "verb", "use").increment());
        return used;
    }

    /** Whether somebody named the caller, for now or for later; from memory. */
    public boolean areGivenToCaller() {
        String caller = access.caller().subject();
        return named.current().values().stream()
                .anyMatch(each -> each.delegate().equals(caller) && clock.instant().isBefore(each.until()) && access.sees(each.tenant(), null));
    }

    /**
     * Tells open pages, in the running transaction, that there may be something else to decide by these: who stands in may see nothing else of the
     * project, and so hears of none of its requests.
     */
    public void tell(TenantId tenant) {
        table.active(tenant, clock.instant()).forEach(each -> changes.tell("delegation", tenant, null, each.toString(), null));
    }
}
