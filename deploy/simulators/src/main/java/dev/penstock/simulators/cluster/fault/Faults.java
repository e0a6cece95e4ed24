package dev.penstock.simulators.cluster.fault;

import dev.penstock.simulators.cluster.fault.Fault.CrashLoop;
import dev.penstock.simulators.cluster.fault.Fault.ImagePull;
import dev.penstock.simulators.cluster.fault.Fault.MigFails;
import dev.penstock.simulators.cluster.fault.Fault.NodeLost;
import dev.penstock.simulators.cluster.fault.Fault.OfContainer;
import dev.penstock.simulators.cluster.fault.Fault.OfRequest;
import dev.penstock.simulators.cluster.fault.Fault.RequestMatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The faults in force. */
public final class Faults {

    /** Counting without end. */
    public static final int FOREVER = -1;

    /**
     * A fault in force.
     *
     * @param id what it is lifted by
     * @param times how often it will still strike, {@link #FOREVER} until lifted; only requests count
     * @param until when it lifts itself, null never
     */
    public record Active(int id, Fault fault, int times, @Nullable Instant until) {
    }

    private final Clock clock;
    private final List<Active> active = new ArrayList<>();
    private final List<Consumer<Fault>> listeners = new CopyOnWriteArrayList<>();
    private int lastId;

    public Faults(Clock clock) {
        this.clock = clock;
    }

    /** Until it is lifted. */
    public Active add(Fault fault) {
        return add(fault, FOREVER, null);
    }

    /**
     * Puts a fault in force.
     *
     * @param times how many requests it strikes, {@link #FOREVER} for all
     * @param lasting for how long, null until lifted
     * @throws IllegalArgumentException when {@code times} is neither positive nor {@link #FOREVER}
     */
    public Active add(Fault fault, int times, @Nullable Duration lasting) {
        if (times != FOREVER && times < 1) {
            throw new IllegalArgumentException("times: must be at least 1");
        }
        Active added;
        synchronized (this) {
            added = new Active(++lastId, fault, times, lasting == null ? null : clock.instant().plus(lasting));
            active.add(added);
        }
        listeners.forEach(listener -> listener.accept(fault));
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
        Instant now = clock.instant();
        active.removeIf(one -> one.until() != null && !now.isBefore(one.until()));
        return List.copyOf(active);
    }

    /** Calls back when a fault is added. */
    public void onAdded(Consumer<Fault> listener) {
        listeners.add(listener);
    }

    /** The faults that strike this request; each is counted down. */
    public synchronized List<OfRequest> strike(RequestMatch request) {
        List<OfRequest> striking = new ArrayList<>();
        for (Active one : active()) {
            if (one.fault() instanceof OfRequest fault && fault.on().matches(request)) {
                striking.add(fault);
                countDown(one);
            }
        }
        return striking;
    }

    private void countDown(Active one) {
        if (one.times() == 1) {
            active.remove(one);
        } else if (one.times() > 1) {
            active.set(active.indexOf(one), new Active(one.id(), one.fault(), one.times() - 1, one.until()));
        }
    }

    /** Whether this image cannot be pulled for this pod. */
    public boolean failsPull(String image, String pod) {
        return ofContainer(image, pod, ImagePull.class::isInstance).findAny().isPresent();
    }

    /** The exit code the container crashes with, empty when it runs. */
    public Optional<Integer> crash(String image, String pod) {
        return ofContainer(image, pod, CrashLoop.class::isInstance)
                .map(fault -> ((CrashLoop) fault).exitCode()).findFirst();
    }

    /** The names of the lost nodes. */
    public Set<String> lostNodes() {
        return active().stream()
                .flatMap(one -> one.fault() instanceof NodeLost lost ? Stream.of(lost.node()) : Stream.empty())
                .collect(Collectors.toSet());
    }

    /** Whether the node's MIG manager cannot cut its GPUs. */
    public boolean failsCut(String node) {
        return active().stream().anyMatch(one -> one.fault().equals(new MigFails(node)));
    }

    private Stream<OfContainer> ofContainer(String image, String pod, Predicate<OfContainer> type) {
        return active().stream()
                .flatMap(one -> one.fault() instanceof OfContainer fault ? Stream.of(fault) : Stream.empty())
                .filter(fault -> type.test(fault) && fault.on().matches(image, pod));
    }
}
