package dev.penstock.ui.base;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceRequestsApi;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests of what a person looks at, and those they decide in somebody's place wherever those are: the project switcher leads to no project of another's. */
public final class SeenRequests {

    private SeenRequests() {}

    /** @param tenant null: all; so is {@code project}, and {@code state} */
    public static List<SliceRequestView> of(
            SliceRequestsApi requests, Me me, @Nullable TenantId tenant, @Nullable ProjectId project, @Nullable RequestState state) {
        if (!me.standsIn() || tenant == null) {
            return requests.list(tenant, project, state);
        }
        return requests.list(null, null, state).stream()
                .filter(request -> request.decidesFor() != null
                        || me.subject().equals(request.decidedBy()) && request.decidedFor() != null
                        || request.tenant().equals(tenant) && (project == null || request.project().equals(project)))
                .toList();
    }

    /** Who decided, and in whose place. */
    public static String decider(SliceRequestView request) {
        String by = request.decidedBy();
        return by == null ? "nobody" : request.decidedFor() == null ? by : by + " for " + request.decidedFor();
    }
}
