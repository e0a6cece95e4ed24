package dev.penstock.platform.workspace;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes through the proxy at this moment, so that it can be bounded, and cut when a session ends. */
final class Live {

    private final int most;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    Live(int most) {
        this.most = most;
    }

    /** @param cut ends it, from any thread */
    record Call(Token session, String label, Object identity, Runnable cut) {}

    /** Takes a place; false: there is none. Whoever has one gives it back, once. */
    boolean take() {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    void giveBack() {
        count.decrementAndGet();
    }

    void begin(Call call) {
        calls.add(call);
    }

    void end(Call call) {
        calls.remove(call);
    }

    Set<Call> calls() {
        return Set.copyOf(calls);
    }

    int count() {
        return count.get();
    }
}
