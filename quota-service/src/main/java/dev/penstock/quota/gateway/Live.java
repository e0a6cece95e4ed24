package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.grant.Holder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The calls under way: how many at once, in all and of one holder, and how to end them when the program stops. */
final class Live {

    private final int most;
    private final int mostPerHolder;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Holder, Integer> perHolder = new ConcurrentHashMap<>();
    private final Set<EngineCall> forwarded = ConcurrentHashMap.newKeySet();

    Live(GatewaySettings settings) {
        this.most = settings.mostCalls();
        this.mostPerHolder = settings.mostCallsPerHolder();
    }

    int count() {
        return count.get();
    }

    /** False: too many; then it must not be left. */
    boolean enter() {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    synchronized void leave() {
        count.decrementAndGet();
        notifyAll();
    }

    /** Waits until no call is under way. @return whether that came in time */
    synchronized boolean awaitQuiet(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toMillis(); count.get() > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return count.get() == 0;
    }

    /** @throws Refusal 429; then it must not be left */
    void enter(Holder holder) {
        int now = perHolder.merge(holder, 1, Integer::sum);
        if (now > mostPerHolder) {
            leave(holder);
            throw new Refusal(OpenAiError.rateLimit(false, "At most " + mostPerHolder + " calls at once with one key."), Retry.AFTER_A_SECOND);
        }
    }

    void leave(Holder holder) {
        perHolder.computeIfPresent(holder, (ignored, calls) -> calls == 1 ? null : calls - 1);
    }

    void begin(EngineCall call) {
        forwarded.add(call);
    }

    void end(EngineCall call) {
        forwarded.remove(call);
    }

    /** Those at an engine. */
    Stream<EngineCall> forwarded() {
        return forwarded.stream();
    }

    void stopAll() {
        forwarded.forEach(EngineCall::stop);
    }
}
