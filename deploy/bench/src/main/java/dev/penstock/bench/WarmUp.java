package dev.penstock.bench;

import dev.penstock.bench.measure.Cpu;
import dev.penstock.bench.subject.Subject;
import java.io.IOException;
import java.time.Duration;

/** Calls that are not measured: they go on until the subject's code has been compiled, which is a matter of CPU. A busy machine gives less of it in the same time. */
final class WarmUp {

    /** Between looks at what was used. */
    private static final int SLICES = 5;

    /** Who uses little CPU, or none, is called for three times as long as would be enough for a whole core. */
    private static final int MOST_SLICES = 3 * SLICES;

    interface Load {

        void run(Duration howLong) throws IOException;
    }

    private WarmUp() {}

    static void until(Duration cpu, Subject subject, Load load) throws IOException {
        Duration before = used(subject);
        for (int slice = 0; slice < MOST_SLICES && used(subject).minus(before).compareTo(cpu) < 0; slice++) {
            load.run(cpu.dividedBy(SLICES));
        }
    }

    static String words(Duration cpu) {
        return "calls until %d s of CPU are used, %d s at most".formatted(cpu.toSeconds(), cpu.multipliedBy(MOST_SLICES).dividedBy(SLICES).toSeconds());
    }

    private static Duration used(Subject subject) {
        return subject.pids().length == 0 ? Duration.ZERO : Cpu.of(subject.pids()).used();
    }
}
