package dev.penstock.quota.gateway;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * In which order a call tries the addresses of an upstream: those that took the last connection, each first in turn, then those that did not. It puts in order what
 * it is given and knows no address beside.
 */
final class AddressTurns {

    /** How long one that is away comes last. To find out whether it is back costs one call as long as a connection may take. */
    static final Duration LAST_FOR = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    /** By the upstream's name; there are as many as upstreams. */
    private final Map<String, Turns> upstreams = new ConcurrentHashMap<>();

    AddressTurns(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Each once. */
    List<InetAddress> order(String upstream, List<InetAddress> addresses) {
        return of(upstream).order(addresses, nanoTime.getAsLong());
    }

    /** It took a connection. */
    void reached(String upstream, InetAddress address) {
        of(upstream).away.remove(address);
    }

    /** @return whether that is news */
    boolean away(String upstream, InetAddress address) {
        return of(upstream).away.put(address, nanoTime.getAsLong()) == null;
    }

    private Turns of(String upstream) {
        return upstreams.computeIfAbsent(upstream, name -> new Turns());
    }

    private static final class Turns {

        private final AtomicInteger next = new AtomicInteger();
        /** When each was last found to be away. */
        private final Map<InetAddress, Long> away = new ConcurrentHashMap<>();

        List<InetAddress> order(List<InetAddress> addresses, long now) {
            away.keySet().retainAll(addresses);
            List<InetAddress> here = new ArrayList<>(addresses.stream().distinct().filter(address -> !away.containsKey(address)).toList());
            List<InetAddress> others = new ArrayList<>(addresses.stream().distinct().filter(address -> !here.contains(address)).toList());
            int turn = next.getAndIncrement();
            Collections.rotate(here, -turn);
            Collections.rotate(others, -turn);
            List<InetAddress> order = new ArrayList<>(here);
            order.addAll(others);
            others.stream().filter(address -> isForThisCall(address, now)).findFirst().ifPresent(again -> {
                order.remove(again);
                order.addFirst(again);
            });
            return order;
        }

        /** Whether this is the one call that finds out whether the address is back. */
        private boolean isForThisCall(InetAddress address, long now) {
            Long since = away.get(address);
            return since != null && now - since >= LAST_FOR.toNanos() && away.replace(address, since, now);
        }
    }
}
