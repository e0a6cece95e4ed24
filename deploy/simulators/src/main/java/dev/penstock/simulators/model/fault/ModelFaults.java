package dev.penstock.simulators.model.fault;

import java.util.ArrayList;
import java.util.List;

/** The faults in force at one model server. */
public final class ModelFaults {

    /** Counting without end. */
    public static final int FOREVER = -1;

    /**
     * Which calls: every part that is not empty must be equal.
     *
     * @param call what the caller said in {@code x-request-id}
     * @param path such as {@code /v1/chat/completions}
     * @param every 1 for each of them, k for every k-th
     */
    public record Match(String model, String call, String path, int every) {

        /** Every call. */
        public static final Match ANY = new Match("", "", "", 1);

        public Match {
            if (every < 1) {
                throw new IllegalArgumentException("every: must be at least 1");
            }
        }

        /** Calls of that id only. */
        public static Match ofCall(String call) {
            return new Match("", call, "", 1);
        }

        /** Every k-th call. */
        public static Match every(int k) {
            return new Match("", "", "", k);
        }

        boolean matches(String itsModel, String itsCall, String itsPath) {
            return (model.isEmpty() || model.equals(itsModel)) && (call.isEmpty() || call.equals(itsCall))
                    && (path.isEmpty() || path.equals(itsPath));
        }
    }

    /**
     * A fault in force.
     *
     * @param id what it is lifted by
     * @param times how many calls it will still strike, {@link #FOREVER} until lifted
     * @param seen how many calls have matched, struck or not
     */
    public record Active(int id, ModelFault fault, Match on, int times, long seen) {

        private Active matched() {
            return new Active(id, fault, on, times, seen + 1);
        }

        private Active struck() {
            return new Active(id, fault, on, times == FOREVER ? FOREVER : times - 1, seen);
        }

        private boolean isDue() {
            return seen % on.every() == 0;
        }
    }

    private final List<Active> active = new ArrayList<>();
    private int lastId;

    /** Strikes every call until it is lifted. */
    public Active add(ModelFault fault) {
        return add(fault, Match.ANY, FOREVER);
    }

    /**
     * Puts a fault in force.
     *
     * @param times how many calls it strikes, {@link #FOREVER} for all
     * @throws IllegalArgumentException when {@code times} is neither positive nor {@link #FOREVER}
     */
    public synchronized Active add(ModelFault fault, Match on, int times) {
        if (times != FOREVER && times < 1) {
            throw new IllegalArgumentException("times: must be at least 1");
        }
        Active added = new Active(++lastId, fault, on, times, 0);
        active.add(added);
        return added;
    }

    /** Lifts one; false when there is none of that id. */
    public synchronized boolean lift(int id) {
        return active.removeIf(one -> one.id() == id);
    }

    /** Lifts all. */
    public synchronized void liftAll() {
        active.clear();
    }

    /** The faults in force, oldest first. */
    public synchronized List<Active> active() {
        return List.copyOf(active);
    }

    /** What strikes this call; each fault that does is counted down. */
    public synchronized Trouble strike(String model, String call, String path) {
        List<ModelFault> striking = new ArrayList<>();
        for (int index = 0; index < active.size(); index++) {
            Active one = active.get(index);
            if (one.on().matches(model, call, path)) {
                Active seen = one.matched();
                active.set(index, seen.isDue() ? seen.struck() : seen);
                if (seen.isDue()) {
                    striking.add(one.fault());
                }
            }
        }
        active.removeIf(one -> one.times() == 0);
        return striking.isEmpty() ? Trouble.NONE : new Trouble(striking);
    }
}
