package dev.penstock.platform.running;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.quota.ReservationSpec;
import dev.penstock.contract.quota.SliceTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The reservations of quota-service, as their contract tells: all may be repeated, a reservation grows and never shrinks, a release is
 * final, time is cumulative. Strict where the real one is: what it must never be asked for is kept as a complaint.
 */
public final class PlayedReservations {

    /** An answer: a status, and a problem's members or a body. */
    record Reply(int status, Map<String, Object> body) {}

    /** @param spec null: released before it was ever reserved */
    private record Held(@Nullable ReservationSpec spec, boolean released) {

        boolean openOf(String profile) {
            return !released && spec != null && spec.profile().equals(profile);
        }
    }

    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, SliceTime>> times = new ConcurrentHashMap<>();
    private final Map<String, Integer> limits = new ConcurrentHashMap<>();
    private final List<String> complaints = new ArrayList<>();

    /** The most slices of a profile that may be held at once; none set: any number. */
    public void limit(String profile, int most) {
        limits.put(profile, most);
    }

    public void unlimited(String profile) {
        limits.remove(profile);
    }

    /** Reservations that are not released. */
    public synchronized long open() {
        return held.values().stream().filter(one -> !one.released()).count();
    }

    public synchronized long open(String profile) {
        return held.values().stream().filter(one -> one.openOf(profile)).count();
    }

    /** Seconds that the open or released reservation was made for; null: never reserved. */
    public synchronized @Nullable Long lease(SliceId slice) {
        Held one = held.get(slice.toString());
        return one == null || one.spec() == null ? null : one.spec().leaseSeconds();
    }

    /** Booked seconds by phase. */
    public synchronized Map<Integer, Long> booked(SliceId slice) {
        Map<Integer, Long> seconds = new TreeMap<>();
        times.getOrDefault(slice.toString(), Map.of()).forEach((phase, time) -> seconds.put(phase, time.seconds()));
        return seconds;
    }

    /** What was asked for that may never be asked for. */
    public synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    synchronized Reply reserve(String slice, ReservationSpec asked) {
        Held before = held.get(slice);
        if (before != null && before.released()) {
            return problem("wrong_state", "The reservation of slice " + slice + " is released.");
        }
        if (before != null && before.spec() != null && !sameBut(before.spec(), asked)) {
            complaints.add("slice " + slice + " was reserved as " + before.spec() + " and is asked for as " + asked);
            return problem("exists_but_different", "Reserved as something else.");
        }
        Integer limit = limits.get(asked.profile());
        if (before == null && limit != null && open(asked.profile()) >= limit) {
            return problem("limit_reached", "The tenant may hold " + limit + " of " + asked.profile() + " at once.");
        }
        long lease = before == null || before.spec() == null ? asked.leaseSeconds() : Math.max(asked.leaseSeconds(), before.spec().leaseSeconds());
        held.put(slice, new Held(new ReservationSpec(asked.project(), asked.profile(), asked.parts(), lease), false));
        return new Reply(200, Map.of(
                "slice", slice, "project", asked.project().toString(), "profile", asked.profile(), "parts", asked.parts(), "leaseSeconds", lease,
                "released", false, "setAside", asked.parts() * lease, "booked", 0));
    }

    synchronized Reply release(String slice) {
        held.merge(slice, new Held(null, true), (before, tombstone) -> new Held(before.spec(), true));
        return new Reply(204, Map.of());
    }

    synchronized Reply time(String slice, int phase, SliceTime time) {
        Held one = held.get(slice);
        if (one == null || one.released()) {
            complaints.add("time of slice " + slice + " was told when nothing was reserved for it");
            return problem("wrong_state", "Nothing is reserved for slice " + slice + ".");
        }
        Map<Integer, SliceTime> phases = times.computeIfAbsent(slice, key -> new TreeMap<>());
        SliceTime before = phases.get(phase);
        if (before != null && !before.startedAt().equals(time.startedAt())) {
            complaints.add("phase " + phase + " of slice " + slice + " began at " + before.startedAt() + " and now at " + time.startedAt());
            return problem("exists_but_different", "The phase began at another time.");
        }
        if (before == null || before.seconds() < time.seconds()) {
            phases.put(phase, time);
        }
        return new Reply(204, Map.of());
    }

    private static boolean sameBut(ReservationSpec before, ReservationSpec asked) {
        return before.profile().equals(asked.profile()) && before.project().equals(asked.project()) && before.parts() == asked.parts();
    }

    private static Reply problem(String code, String detail) {
        return new Reply(409, Map.of("code", code, "detail", detail));
    }
}
