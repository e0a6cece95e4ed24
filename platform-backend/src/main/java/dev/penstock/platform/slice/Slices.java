package dev.penstock.platform.slice;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.slice.Slice.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What other features may do with slices: put one into the queue, look at it, have it step aside, give it back. */
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
            store.record(null, slice, "slice.queue", command.startsAt() == null
                    ? "Approved; it waits for quota and for a free " + command.profile().id() + "."
                    : "Approved; a " + command.profile().id() + " is reserved for it.");
        } else if (!Objects.equals(slice.approved().request(), command.request())) {
            throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "Slice " + command.slice() + " belongs to another request.");
        }
        return command.slice();
    }

    /** The live slice of the project that has the name, of whatever kind; asked within a transaction of the tenant. */
    public Optional<Slice> named(TenantId tenant, ProjectId project, String name) {
        return store.named(tenant, project, name);
    }

    /** As it is now, within the running transaction; empty: there is none. */
    public Optional<Slice> find(SliceKey key) {
        return store.find(key);
    }

    /**
     * Gives a slice back in the running transaction, for whoever it belongs to. Nothing happens if there is none or it ends already.
     *
     * @return whether it still holds anything
     */
    public boolean release(SliceKey key) {
        Optional<Slice> held = store.lock(key).filter(slice -> slice.state().live());
        held.ifPresent(slice -> {
            Transition released = slice.released();
            if (released != null) {
                store.write(slice, released, null);
            }
        });
        return held.isPresent();
    }

    /**
     * Takes a slice down, in the running transaction, so that what it holds comes free; it waits in the queue again when it is down. Nothing
     * happens if it holds no part or is giving it back already.
     *
     * @param reason why, as a sentence for people
     * @return whether it steps aside from now on
     */
    public boolean stepAside(SliceKey key, String reason) {
        return change(key, slice -> slice.steppedAside(reason));
    }

    /**
     * Takes a workspace down, in the running transaction, until somebody resumes it. Nothing happens if that is so or under way.
     *
     * @param reason why, as a sentence for people
     * @return whether it is being suspended from now on
     * @throws ProblemException {@code wrong_state} if it ends, or is not up
     */
    public boolean suspend(SliceKey key, String reason) {
        return change(key, slice -> slice.suspended(reason));
    }

    /**
     * Brings a suspended workspace up again, in the running transaction. Nothing happens to one that is up or comes up.
     *
     * @return whether it is resumed from now on
     * @throws ProblemException {@code wrong_state} if it ends
     */
    public boolean resume(SliceKey key) {
        return change(key, Slice::resumed);
    }

    /**
     * Releases a workspace that is suspended, in the running transaction. Nothing happens to one that is not.
     *
     * @param reason why, as a sentence for people
     * @return whether it is being released from now on
     */
    public boolean reclaim(SliceKey key, String reason) {
        return change(key, slice -> slice.reclaimed(reason));
    }

    /** Says on a slice's timeline what happened, in the running transaction; nothing of it has changed. */
    public void tell(SliceKey key, String sentence) {
        store.tell(store.find(key).orElseThrow(), sentence);
    }

    /**
     * The same for what is to be on record as well.
     *
     * @param action how the trail calls it
     */
    public void note(SliceKey key, String action, String sentence) {
        store.note(store.find(key).orElseThrow(), action, sentence);
    }

    /** A time as it is said to people. */
    public static String inWords(Duration time) {
        return InWords.time(time);
    }

    private boolean change(SliceKey key, Function<Slice, @Nullable Transition> verb) {
        Slice slice = store.lock(key).orElseThrow(() -> new IllegalArgumentException("there is no slice " + key));
        Transition transition = verb.apply(slice);
        return transition != null && store.write(slice, transition, null);
    }

    /** What happened to the slices of an endpoint, oldest first; the latest {@code limit}. */
    public List<SliceDetail.Event> timeline(TenantId tenant, EndpointId endpoint, int limit) {
        return store.eventsOfEndpoint(tenant, endpoint, limit);
    }
}
