package dev.penstock.quota.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.allotment.PotId;
import dev.penstock.quota.allotment.Share;
import dev.penstock.quota.calendar.Period;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a call costs the journal: bytes of its records, and time. Not part of any build: {@code ./penstock bench journal} plays it. How many bytes reach the
 * disk it does not say: what Linux tells of a process counts whole folios, of up to 2 MB, for each block of one that is written.
 */
class JournalBench {

    private static final int CALLS = 20_000;
    private static final int CAPACITY = 2_000;
    /** Limits that count a call: two of its tenant, one of its project, one of its key. */
    private static final int LIMITS = 4;
    private static final List<Integer> AT_ONCE = List.of(1, 32, 256);

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @Test
    @Timeout(300)
    void aCall() throws InterruptedException {
        Intent intent = intent(0);
        int bytes = Told.Promise.of(intent).bytes() + Segment.RECORD;
        System.out.printf(Locale.ROOT, "bytes: journal, records of a call that %d limits count: %d bytes%n", LIMITS, bytes);
        for (String sync : List.of("always", "20ms")) {
            for (int atOnce : AT_ONCE) {
                Journal journal = new TestJournal(CAPACITY, sync).begun();
                measure(journal, sync, atOnce);
                journal.close();
            }
        }
    }

    private void measure(Journal journal, String sync, int atOnce) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < atOnce; caller++) {
                callers.submit(() -> {
                    for (int number = next.getAndIncrement(); number < CALLS; number = next.getAndIncrement()) {
                        Intent intent = intent(number);
                        assertThat(journal.open(intent.attempt(), TestJournal.DEADLINE)).isTrue();
                        journal.intend(intent).toCompletableFuture().join();
                        assertThat(journal.settle(TestJournal.end(number))).isTrue();
                    }
                });
            }
            while (done.get() < CALLS) {
                List<Ended> ended = journal.take(CAPACITY, Duration.ofSeconds(10));
                journal.done(ended);
                done.addAndGet(ended.size());
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                Locale.ROOT, "bytes: journal, sync %s, %d at once: %,.0f calls/s, %.1f µs of CPU a call%n", sync, atOnce, CALLS / seconds,
                (system.getProcessCpuTime() - cpu) / 1e3 / CALLS);
    }

    private static Intent intent(int number) {
        Share share = new Share(new PotId(new LimitId(new UUID(3, 3)), Period.ALWAYS), 7, BigInteger.valueOf(150));
        return TestIntents.of(TestJournal.attempt(number), Collections.nCopies(LIMITS, new Intent.Part(Meter.TOKENS, share)));
    }
}
