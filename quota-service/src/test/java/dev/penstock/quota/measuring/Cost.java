package dev.penstock.quota.measuring;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/**
 * What something took.
 *
 * @param took by the clock
 * @param service time of this process on processors
 * @param postgres time of PostgreSQL on processors
 * @param written bytes of PostgreSQL's log of changes
 * @param allocated bytes of this process's heap
 */
public record Cost(Duration took, Duration service, Duration postgres, long written, long allocated) {

    private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    public static Cost of(Postgres server, Runnable work) {
        long wal = server.written();
        Duration postgres = server.cpu();
        long allocated = THREADS.getTotalThreadAllocatedBytes();
        long service = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        work.run();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Cost(
                took, Duration.ofNanos(SYSTEM.getProcessCpuTime() - service), server.cpu().minus(postgres), server.written() - wal,
                THREADS.getTotalThreadAllocatedBytes() - allocated);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%,d ms; on processors quota-service %,d ms, PostgreSQL %,d ms; %,d KB of WAL; %,d KB allocated", took.toMillis(), service.toMillis(),
                postgres.toMillis(), written / 1024, allocated / 1024);
    }
}
