package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.KeyMade;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.io.IOException;
import java.math.BigInteger;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One budget and many more calls than it has room for, at all replicas at once. Each call that is admitted uses all that was set aside for it, so
 * that nothing is ever given back, and whatever is left at the first refusal was refused wrongly.
 */
final class OneBudget {

    static final int TOKENS = 20;

    private static final Meter METER = Meter.TOKENS_OUTPUT;
    private static final Pattern NUMBERS = Pattern.compile("(\\d+) of (\\d+) used or set aside");
    private static final Duration RECOVERED = Duration.ofSeconds(120);
    private static final Duration AFTER_A_KILL = Duration.ofMillis(20);
    private static final long SEED = 20_261_125;

    private final RunningPenstock penstock;
    private final List<Replica> replicas;
    private final int reservations;
    private final Lab lab;
    private final String key;
    private final LimitId limit;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong firstRefusal = new AtomicLong(Long.MAX_VALUE);

    /** @param began in nanoseconds; when it was over, likewise */
    private record Timed(RawCall call, long began, long over) {}

    /** The budget is the project's; tenant, key and model have limits of their own, each with a little more room. */
    OneBudget(ReplicatedPenstock several, String name, int reservations) {
        this.penstock = several.penstock();
        this.replicas = several.replicas();
        this.reservations = reservations;
        this.lab = new Lab(penstock, name);
        KeyMade made = lab.key(name);
        this.key = Objects.requireNonNull(made.secret());
        this.limit = lab.limit(METER, Window.LIFE, tokens(reservations));
        lab.limitTenant(METER, Window.MONTH, tokens(2 * reservations));
        lab.limitKey(made, METER, Window.LIFE, tokens(reservations + reservations / 5));
        lab.limitModel(Lab.CHAT, METER, Window.DAY, tokens(reservations + reservations / 10));
    }

    Lab lab() {
        return lab;
    }

    /** From now on it has room for so many reservations. */
    void set(int reservations) {
        lab.set(limit, METER, Window.LIFE, tokens(reservations));
    }

    /** What is used or set aside of it, as the screens say. */
    long taken() {
        return lab.limit(limit).taken().longValueExact();
    }

    /** Calls that were answered until now. */
    long answered() {
        return answered.get();
    }

    /** @param atOnce callers, each of which calls until all have called so often */
    Outcome play(int calls, int atOnce) {
        return play(calls, atOnce, Duration.ZERO);
    }

    /** @param pause of each caller after each of its calls */
    Outcome play(int calls, int atOnce, Duration pause) {
        List<Future<List<Timed>>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < atOnce; caller++) {
                SplittableRandom random = new SplittableRandom(SEED + caller);
                int own = calls / atOnce;
                callers.add(threads.submit(() -> call(random, own, pause)));
            }
        }
        return new Outcome(callers.stream().flatMap(caller -> seen(caller).stream()).toList());
    }

    private static List<Timed> seen(Future<List<Timed>> caller) {
        if (caller.state() == Future.State.FAILED) {
            throw new IllegalStateException("a caller gave up", caller.exceptionNow());
        }
        return caller.resultNow();
    }

    private List<Timed> call(SplittableRandom random, int calls, Duration pause) throws IOException {
        List<Timed> seen = new ArrayList<>();
        while (seen.size() < calls) {
            long began = System.nanoTime();
            Replica replica = replicas.get(random.nextInt(replicas.size()));
            try {
                Question question = Question.stream("water", TOKENS);
                RawCall call = RawCall.play(replica.gateway(), key, question.path(), question.body(), RawCall.NEVER);
                long over = System.nanoTime();
                if (call.status() == 200) {
                    answered.incrementAndGet();
                } else if (call.status() == 429) {
                    firstRefusal.accumulateAndGet(over, Math::min);
                }
                seen.add(new Timed(call, began, over));
                LockSupport.parkNanos(pause.toNanos());
            } catch (SocketException killed) {
                // Nothing was asked. Another one, in a moment.
                LockSupport.parkNanos(AFTER_A_KILL.toNanos());
            }
        }
        return seen;
    }

    private static BigInteger tokens(int reservations) {
        return BigInteger.valueOf((long) TOKENS * reservations);
    }

    /** What came of it. */
    final class Outcome {

        private final List<Timed> seen;

        private Outcome(List<Timed> seen) {
            this.seen = seen;
        }

        List<RawCall> calls() {
            return seen.stream().map(Timed::call).toList();
        }

        /** And each call is in the books as it was. @return the books */
        Books requireWithin(long mostTokens) {
            Books books = new Books(penstock, List.of(new Books.Of(lab, calls())));
            books.awaitQuiet(RECOVERED);
            books.requireExact();
            System.out.println(this + "; " + books + "; " + books.booked(lab) + " tokens booked, " + books.produced(lab) + " produced");
            assertThat(books.booked(lab)).as("tokens of a budget of " + mostTokens).isLessThanOrEqualTo(mostTokens);
            return books;
        }

        /** And nobody was refused while there was room for one more. */
        void requireAllOfIt() {
            Books books = requireWithin((long) TOKENS * reservations);
            assertThat(books.produced(lab)).as("tokens that engines produced: nobody interrupted").isEqualTo((long) TOKENS * reservations);
            assertThat(count(200)).as("calls that were answered").isEqualTo(reservations);
            assertThat(count(429)).as("calls that were refused").isPositive();
            assertThat(toldAtFirstRefusal()).as("used or set aside, as the first refusal says").isGreaterThan((long) TOKENS * (reservations - 1));
            assertThat(admittedLater()).as("calls that began after the first refusal was heard, and were admitted").isZero();
        }

        /** @param nanos as {@link System#nanoTime} tells it */
        long admittedAfter(long nanos) {
            return seen.stream().filter(each -> each.began() > nanos && each.call().status() == 200).count();
        }

        long refusedAfter(long nanos) {
            return seen.stream().filter(each -> each.began() > nanos && each.call().status() == 429).count();
        }

        private long count(int status) {
            return seen.stream().filter(each -> each.call().status() == status).count();
        }

        private long toldAtFirstRefusal() {
            String said = seen.stream().filter(each -> each.over() == firstRefusal.get()).findFirst().orElseThrow().call().error();
            Matcher numbers = NUMBERS.matcher(said);
            assertThat(numbers.find()).as(said).isTrue();
            return Long.parseLong(numbers.group(1));
        }

        private long admittedLater() {
            return admittedAfter(firstRefusal.get());
        }

        private long beganLater() {
            return seen.stream().filter(each -> each.began() > firstRefusal.get()).count();
        }

        @Override
        public String toString() {
            return "budget of %d reservations at %d replicas: %d calls, %d answered, %d refused; %d began after the first refusal, %d of them admitted".formatted(
                    reservations, replicas.size(), seen.size(), count(200), count(429), beganLater(), admittedLater());
        }
    }
}
