package dev.penstock.quota.allotment;

import dev.penstock.contract.quota.Meter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What outlives a process: records in order, durable once they are in here. */
final class SimJournal {

    private record Intent(SimCall call, List<Share> shares) {}

    final int id;
    boolean lost;
    private final Map<Integer, Intent> intents = new LinkedHashMap<>();
    private final Map<Integer, Long> ends = new LinkedHashMap<>();

    SimJournal(int id) {
        this.id = id;
    }

    void intend(SimCall call, List<Share> shares) {
        intents.put(call.number, new Intent(call, shares));
    }

    void end(SimCall call, long used) {
        ends.put(call.number, used);
    }

    boolean intends(SimCall call) {
        return intents.containsKey(call.number);
    }

    /** The most that its records say of an allotment. */
    long most(Share share, Meter meter) {
        long most = 0;
        for (Intent intent : intents.values()) {
            for (Share each : intent.shares()) {
                if (each.allotment() == share.allotment()) {
                    most += meter == Meter.TOKENS ? ends.getOrDefault(intent.call().number, intent.call().bound) : meter == Meter.REQUESTS ? 1
                            : ends.containsKey(intent.call().number) ? 0 : 1;
                }
            }
        }
        return most;
    }

    /** All that have ended. */
    List<ModelDatabase.End> ended() {
        List<ModelDatabase.End> ended = new ArrayList<>();
        ends.forEach((number, used) -> ended.add(new ModelDatabase.End(intents.get(number).call(), intents.get(number).shares(), used)));
        return ended;
    }

    /** All; what has no end is taken for its bound. */
    List<ModelDatabase.End> all() {
        return intents.values().stream()
                .map(intent -> new ModelDatabase.End(intent.call(), intent.shares(), ends.getOrDefault(intent.call().number, intent.call().bound))).toList();
    }
}
