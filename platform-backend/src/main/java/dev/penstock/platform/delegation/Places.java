package dev.penstock.platform.delegation;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.access.Matter;
import java.util.List;
import java.util.Optional;

/** Whose places the caller is in at one moment, the longest first. */
public final class Places {

    private final Access access;
    private final List<Delegation> held;

    Places(Access access, List<Delegation> held) {
        this.access = access;
        this.held = List.copyOf(held);
    }

    /** In whose place the caller may decide it; who has the right themselves needs nobody's. */
    public Optional<Delegation> in(Matter matter) {
        return held.stream().filter(each -> each.tenant().equals(matter.tenant()) && access.mayDecideFor(each.delegator(), matter)).findFirst();
    }

    /** Whether the caller sees what is asked for in the project because of it. */
    public boolean see(TenantId tenant, ProjectId project) {
        return held.stream().anyMatch(each -> each.tenant().equals(tenant) && access.seesFor(each.delegator(), tenant, project));
    }
}
