package dev.penstock.quota.settlement;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.usage.Partitions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is done for as long as the program runs: places for the days to come, attempts that nobody settles, periods that nobody asks for any more. */
@Component
class Upkeep implements BackgroundWork {

    private static final Actor ACTOR = Actor.system("settlement");

    private final JobTransactions transactions;
    private final Partitions partitions;
    private final Sweep sweep;
    private final JdbcClient jdbc;
    private final SettlementSettings settings;
    private final Clock clock;
    private final Rhythm rhythm;
    private @Nullable Instant tidiedHour;

    Upkeep(JobTransactions transactions, Partitions partitions, Sweep sweep, JdbcClient jdbc, SettlementSettings settings, Clock clock) {
        this.transactions = transactions;
        this.partitions = partitions;
        this.sweep = sweep;
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
        this.rhythm = Rhythm.of("settlement-upkeep", settings.sweepEvery(), this::turn);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** With what settles. */
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
        jdbc.sql("delete from quota.limit_warning where until < :before")
                .param("before", Timestamps.column(now.minus(settings.keepPeriods())))
                .update();
        return jdbc.sql("delete from quota.limit_period where period_end < :before and period_end - period_start <= interval '1 hour'")
                .param("before", Timestamps.column(now.minus(settings.keepPeriods())))
                .update();
    }
}
