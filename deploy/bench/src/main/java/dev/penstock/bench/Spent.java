package dev.penstock.bench;

import dev.penstock.bench.load.Outcome;
import dev.penstock.bench.measure.Cpu;
import dev.penstock.bench.measure.Stolen;
import dev.penstock.bench.subject.Core;
import dev.penstock.bench.subject.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A load, and the CPU that it took: also what the subject and its database do of it afterwards, since calls are booked behind their answers.
 *
 * @param subject null: there is none
 * @param postgres null: there is none
 * @param behind how long after the last answer the subject was busy
 * @param stolen what the machine's host kept of the subject's core meanwhile
 */
record Spent(Outcome outcome, @Nullable Duration subject, @Nullable Duration postgres, Duration behind, Duration stolen) {

    private static final Duration LOOK = Duration.ofMillis(400);
    private static final Duration LONGEST_BEHIND = Duration.ofSeconds(20);

    /** Of a core, while it is looked at: a JVM that nobody calls needs less. */
    private static final int QUIET_PERCENT = 10;

    interface Load {

        Outcome run() throws IOException;
    }

    /** @param postgres its first process; null: nobody writes to a database */
    static Spent by(Subject subject, @Nullable Long postgres, Load load) throws IOException {
        long[] pids = subject.pids();
        Duration subjectBefore = used(pids);
        Duration postgresBefore = postgres == null ? Duration.ZERO : used(postgres);
        Duration stolenBefore = Stolen.of(Core.SUBJECT.number());
        Outcome outcome = load.run();
        long end = System.nanoTime();
        long quiet = awaitQuiet(end, pids);
        return new Spent(
                outcome,
                pids.length == 0 ? null : used(pids).minus(subjectBefore),
                postgres == null ? null : used(postgres).minus(postgresBefore),
                Duration.ofNanos(quiet - end),
                Stolen.of(Core.SUBJECT.number()).minus(stolenBefore));
    }

    private static Duration used(long... pids) {
        return pids.length == 0 ? Duration.ZERO : Cpu.of(pids).used();
    }

    /** When it had become quiet. */
    private static long awaitQuiet(long begin, long... pids) {
        while (true) {
            long look = System.nanoTime();
            Duration before = used(pids);
            LockSupport.parkNanos(LOOK.toNanos());
            Duration busy = used(pids).minus(before);
            if (busy.toNanos() * 100 <= LOOK.toNanos() * QUIET_PERCENT || look - begin > LONGEST_BEHIND.toNanos()) {
                return look;
            }
        }
    }

    /** Of what the subject used, per call. */
    double microsACall() {
        return micros(subject) / outcome.answered();
    }

    /** Of what the database used, per call. */
    double postgresMicrosACall() {
        return micros(postgres) / outcome.answered();
    }

    /** Per chunk, of what is left when each stream has cost what a whole call does. */
    double microsAChunk(double microsACall) {
        return (micros(subject) - outcome.answered() * microsACall) / outcome.chunks();
    }

    /** How much of its core the subject used meanwhile. */
    double share() {
        return micros(subject) / (outcome.took().plus(behind).toNanos() / 1e3);
    }

    /** How much of it the machine's host kept from whoever wanted to run there. */
    double stolenShare() {
        return micros(stolen) / (outcome.took().plus(behind).toNanos() / 1e3);
    }

    private static double micros(@Nullable Duration used) {
        return used == null ? Double.NaN : used.toNanos() / 1e3;
    }
}
