package dev.penstock.bench;

import dev.penstock.bench.measure.Compilers;
import dev.penstock.bench.measure.Cpu;
import dev.penstock.bench.subject.Subject;
import java.io.IOException;
import java.time.Duration;

/**
 * Load that is not measured: it goes on until the subject's code has been compiled. On one core the compilers of a JVM have what the load leaves them, and
 * their queue outlasts any fixed time; so what is waited for is that they have hardly anything left to do.
 */
final class WarmUp {

    private static final Duration SLICE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(6);

    /** Of the CPU that the subject used in a slice, by its compilers: below it, they are done. */
    private static final double DONE = 0.03;

    interface Load {

        void run(Duration howLong) throws IOException;
    }

    private WarmUp() {}

    /**
     * By turns, where there are several kinds of load: what one has the compilers make anew may not suit the other.
     *
     * @param least for how long at least
     * @return how long it took
     */
    static Duration until(Duration least, Subject subject, Load... loads) throws IOException {
        long begin = System.nanoTime();
        boolean done = false;
        while (!done && System.nanoTime() - begin < LONGEST.toNanos()) {
            Duration used = used(subject);
            Duration compiling = Compilers.of(subject.pids()).used();
            for (Load load : loads) {
                load.run(SLICE);
            }
            boolean compiled = Compilers.of(subject.pids()).used().minus(compiling).toNanos() <= DONE * used(subject).minus(used).toNanos();
            done = compiled && System.nanoTime() - begin >= least.toNanos();
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    static String words(Duration least) {
        return "at least %d s, until the subject's compilers take less than %.0f %% of its CPU, %d s at most".formatted(least.toSeconds(), 100 * DONE, LONGEST.toSeconds());
    }

    private static Duration used(Subject subject) {
        return subject.pids().length == 0 ? Duration.ZERO : Cpu.of(subject.pids()).used();
    }
}
