package dev.penstock.quota.gateway.balance;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.quota.RoutingStrategy;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/** Chooses among targets by how they do. Safe for use by many threads. */
public final class Balancer {

    /** A target is too slow when it takes so many times what the others take, and longer by {@link #SLOWER_BY}. */
    private static final int TIMES_SLOWER = 5;

    private static final long SLOWER_BY = Duration.ofMillis(500).toNanos();

    /** Bounded load of sessions that stick: one target has at most so many times its share. */
    private static final double MOST_OF_SHARE = 1.25;

    private static final int MANY = 1_000;
    private static final Duration LONG_UNUSED = Duration.ofMinutes(10);

    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final Runnable whenPutOut;
    private final Map<EndpointId, Standing> standings = new ConcurrentHashMap<>();

    /** @param whenPutOut called when a target is put out */
    public Balancer(LongSupplier nanos, RandomGenerator random, Runnable whenPutOut) {
        this.nanos = nanos;
        this.random = random;
        this.whenPutOut = whenPutOut;
    }

    /** A call begins at a target. */
    public Try begin(EndpointId target, boolean stream) {
        return of(target).begin(stream);
    }

    /**
     * The one to ask now: of those that take calls in the lowest tier that has any, by the strategy. Where none takes calls, the one that will be
     * let in first: that a target was put out is a guess, and with nobody else to ask it may be wrong.
     *
     * @param candidates not empty
     * @param stream whether the answer is streamed
     * @param session what calls that belong together share; used by {@link RoutingStrategy#SESSION}
     */
    public <T> Candidate<T> choose(List<Candidate<T>> candidates, RoutingStrategy strategy, boolean stream, long session) {
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        putOutTheSlow(candidates, stream);
        List<Candidate<T>> tier = open(candidates);
        return tier.size() == 1 ? tier.getFirst() : switch (strategy) {
            case WEIGHTED -> byWeight(tier);
            case LEAST_BUSY -> least(tier, this::busy);
            case FASTEST -> least(tier, candidate -> expected(candidate, stream));
            case SESSION -> bySession(tier, session);
        };
    }

    /** How {@link #choose} would choose now, without asking any of them: one for each candidate, in their order. */
    public <T> List<Chance<T>> chances(List<Candidate<T>> candidates, RoutingStrategy strategy, boolean stream, long session) {
        List<Candidate<T>> tier = candidates.isEmpty() ? List.of() : open(candidates);
        double[] shares = tier.size() == 1 ? new double[] {1} : switch (strategy) {
            case WEIGHTED -> tier.stream().mapToDouble(this::share).toArray();
            case LEAST_BUSY -> ofLeast(tier, this::busy);
            case FASTEST -> ofLeast(tier, candidate -> expected(candidate, stream));
            case SESSION -> {
                Candidate<T> chosen = bySession(tier, session);
                yield tier.stream().mapToDouble(candidate -> candidate == chosen ? 1 : 0).toArray();
            }
        };
        double sum = DoubleStream.of(shares).sum();
        return candidates.stream().map(candidate -> {
            int at = tier.indexOf(candidate);
            return of(candidate).chance(candidate, stream, at < 0 ? 0 : shares[at] / sum);
        }).toList();
    }

    /** Those of the lowest tier that take calls; where none does, the one that will be let in first. */
    private <T> List<Candidate<T>> open(List<Candidate<T>> candidates) {
        List<Candidate<T>> open = candidates.stream().filter(candidate -> of(candidate).takes()).toList();
        if (open.isEmpty()) {
            return List.of(candidates.stream().min(Comparator.<Candidate<T>>comparingLong(candidate -> of(candidate).until()).thenComparingInt(Candidate::tier)).orElseThrow());
        }
        int lowest = open.stream().mapToInt(Candidate::tier).min().orElseThrow();
        return open.stream().filter(candidate -> candidate.tier() == lowest).toList();
    }

    private double expected(Candidate<?> candidate, boolean stream) {
        return of(candidate).usual(stream).orElse(0) * (1.0 + of(candidate).underWay());
    }

    /** Equal shares to those that cost least. */
    private static <T> double[] ofLeast(List<Candidate<T>> tier, ToDoubleFunction<Candidate<T>> cost) {
        double[] costs = tier.stream().mapToDouble(cost).toArray();
        double least = DoubleStream.of(costs).min().orElseThrow();
        return DoubleStream.of(costs).map(each -> each <= least ? 1 : 0).toArray();
    }

    /** Whether it is left out for now. */
    public boolean isOut(EndpointId target) {
        Standing standing = standings.get(target);
        return standing != null && standing.state() == Chance.State.OUT;
    }

    /** Compared with the median of the others that are in; the last one that is in stays. */
    private <T> void putOutTheSlow(List<Candidate<T>> candidates, boolean stream) {
        for (Candidate<T> candidate : candidates) {
            Standing standing = of(candidate);
            long slowness = standing.state() == Chance.State.IN ? standing.atLeast(stream) : 0;
            if (slowness > SLOWER_BY) {
                long[] others = candidates.stream()
                        .map(this::of)
                        .filter(other -> other != standing && other.state() == Chance.State.IN)
                        .map(other -> other.usual(stream))
                        .filter(OptionalLong::isPresent)
                        .mapToLong(OptionalLong::getAsLong)
                        .sorted()
                        .toArray();
                if (others.length > 0 && slowness > Math.max(TIMES_SLOWER * others[others.length / 2], others[others.length / 2] + SLOWER_BY)) {
                    standing.putOut();
                }
            }
        }
    }

    private <T> Candidate<T> byWeight(List<Candidate<T>> tier) {
        double left = random.nextDouble() * tier.stream().mapToDouble(this::share).sum();
        for (Candidate<T> candidate : tier) {
            left -= share(candidate);
            if (left < 0) {
                return candidate;
            }
        }
        return tier.getLast();
    }

    /** Of equals, any. */
    private <T> Candidate<T> least(List<Candidate<T>> tier, ToDoubleFunction<Candidate<T>> cost) {
        double[] costs = tier.stream().mapToDouble(cost).toArray();
        double least = Double.MAX_VALUE;
        for (double each : costs) {
            least = Math.min(least, each);
        }
        int from = random.nextInt(costs.length);
        for (int i = 0; i < costs.length; i++) {
            int at = (from + i) % costs.length;
            if (costs[at] <= least) {
                return tier.get(at);
            }
        }
        return tier.getFirst();
    }

    private double busy(Candidate<?> candidate) {
        return (of(candidate).underWay() + 1) / share(candidate);
    }

    /**
     * Weighted rendezvous hashing (Thaler and Ravishankar 1998; weights as Schindelhauer and Schomaker 2005): a target that comes or goes moves only
     * its own sessions. One that has more than its bound of what is under way passes to the next (Mirrokni, Thorup and Zadimoghaddam 2018).
     */
    private <T> Candidate<T> bySession(List<Candidate<T>> tier, long session) {
        double shares = tier.stream().mapToDouble(this::share).sum();
        int underWay = tier.stream().mapToInt(candidate -> of(candidate).underWay()).sum();
        return tier.stream()
                .filter(candidate -> of(candidate).underWay() < Math.ceil(MOST_OF_SHARE * (underWay + 1) * share(candidate) / shares))
                .max(Comparator.comparingDouble(candidate -> score(candidate, session)))
                .orElseGet(() -> least(tier, this::busy));
    }

    private static double score(Candidate<?> candidate, long session) {
        long hash = mix(session ^ mix(candidate.endpoint().value().getMostSignificantBits() ^ mix(candidate.endpoint().value().getLeastSignificantBits())));
        double uniform = ((hash >>> 11) + 0.5) * 0x1.0p-53;
        return candidate.weight() / -Math.log(uniform);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private double share(Candidate<?> candidate) {
        return candidate.weight() * of(candidate).ramp();
    }

    private Standing of(Candidate<?> candidate) {
        return of(candidate.endpoint());
    }

    private Standing of(EndpointId target) {
        Standing known = standings.get(target);
        if (known != null) {
            return known;
        }
        if (standings.size() >= MANY) {
            standings.values().removeIf(standing -> standing.idleSince(LONG_UNUSED));
        }
        return Objects.requireNonNull(standings.computeIfAbsent(target, added -> new Standing(nanos, whenPutOut)));
    }
}
