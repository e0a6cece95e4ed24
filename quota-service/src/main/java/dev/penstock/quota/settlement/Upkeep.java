package dev.penstock.quota.settlement;

import dev.penstock.frame.BackgroundThread;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.reservation.Timestamps;
import dev.penstock.quota.usage.Partitions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is done for as long as the program runs: places for the days to come, attempts that nobody settles, periods that nobody asks for any more. */
@Component
class Upkeep implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final Actor ACTOR = Actor.system("settlement");

    private final JobTransactions transactions;
    private final Partitions partitions;
    private final Sweep sweep;
    private final JdbcClient jdbc;
    private final SettlementSettings settings;
    private final Clock clock;
    private final Semaphore stopped = new Semaphore(0);
    private volatile boolean running;
    private @Nullable BackgroundThread thread;
    private @Nullable Instant tidiedHour;

    Upkeep(JobTransactions transactions, Partitions partitions, Sweep sweep, JdbcClient jdbc, SettlementSettings settings, Clock clock) {
        this.transactions = transactions;
        this.partitions = partitions;
        this.sweep = sweep;
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        thread = BackgroundThread.start("settlement-upkeep", this::run);
    }

    @Override
    public void stop() {
        running = false;
        stopped.release();
        if (thread != null) {
            thread.awaitEnd();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }

    /** Once an hour the days ahead are made and old periods forgotten; attempts are looked for at every turn. */
    void turn() {
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        if (!hour.equals(tidiedHour)) {
            transactions.acrossTenants(Job.SETTLE, ACTOR, () -> {
                partitions.ensure(hour, settings.daysAhead());
                return forgetPeriods(hour);
            });
            tidiedHour = hour;
        }
        sweep.turn();
    }

    /** They are counted anew from usage if somebody asks for them. */
    private int forgetPeriods(Instant now) {
        return jdbc.sql("delete from quota.limit_period where period_end < :before and period_end - period_start <= interval '1 hour'")
                .param("before", Timestamps.column(now.minus(settings.keepPeriods())))
                .update();
    }

    private void run() {
        try {
            while (running) {
                try {
                    turn();
                } catch (RuntimeException e) {
                    log.warn("looking for attempts that nobody settled; trying again", e);
                }
                if (stopped.tryAcquire(settings.sweepEvery().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
