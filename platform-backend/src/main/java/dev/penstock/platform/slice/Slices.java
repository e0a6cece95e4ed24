package dev.penstock.platform.slice;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.problem.ProblemException;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** What other features may do with slices: put one into the queue. */
@Component
public class Slices {

    private final SliceStore store;

    Slices(SliceStore store) {
        this.store = store;
    }

    /**
     * Queues an approved slice, in the transaction of the approval: both happen or neither. Repeating it returns the first result.
     *
     * @throws ProblemException {@code exists_but_different} if the id was used for something else in the tenant
     * @throws org.springframework.dao.DuplicateKeyException if a live slice of the project has the name
     */
    public SliceId queue(QueueSlice command) {
        SliceKey key = new SliceKey(command.tenant(), command.slice());
        boolean isNew = store.insert(command);
        Slice slice = store.find(key).orElseThrow(() -> new IllegalStateException("slice " + key + " was queued and is not there"));
        if (isNew) {
            store.record(null, slice, "slice.queue", "Approved; it waits for quota and for a free " + command.profile().id() + ".");
        } else if (!Objects.equals(slice.approved().request(), command.request())) {
            throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "Slice " + command.slice() + " belongs to another request.");
        }
        return command.slice();
    }

    /** Whether a live slice of the project has the name; asked within a transaction of the tenant. */
    public boolean nameInUse(TenantId tenant, ProjectId project, String name) {
        return store.isNameLive(tenant, project, name);
    }
}
