package dev.penstock.quota.steering;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.problem.ProblemException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The policies that count, from memory: asked for every call. */
@Component
public class Policies {

    /** Which project. */
    record Place(TenantId tenant, ProjectId project) {}

    private final TableCopy<Place, Policy> copy;

    Policies(TableCopy<Place, Policy> copy) {
        this.copy = copy;
    }

    /** Empty also while the copy is too old to be trusted: whoever may call a model is then answered by it, as without a policy. */
    public Optional<Policy> of(TenantId tenant, ProjectId project) {
        try {
            return Optional.ofNullable(copy.current().get(new Place(tenant, project)));
        } catch (ProblemException tooOld) {
            return Optional.empty();
        }
    }
}
