package dev.penstock.quota.turn;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What one replica does for all of them, now and then. Only spares work: whatever is done twice at once must be right all the same. */
@Component
public class Turns {

    /** A replica whose clock is a little fast must not lose every turn to the others. */
    private static final int SLACK = 10;

    private final JobTransactions transactions;
    private final JdbcClient jdbc;

    Turns(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** Whether it is for the caller to do it now: nobody has for about {@code every}. */
    public boolean take(Actor actor, String name, Duration every) {
        return transactions.acrossTenants(Job.SETTLE, actor, () -> jdbc.sql("""
                        update quota.turn set taken_at = clock_timestamp()
                         where name = (select name from quota.turn where name = :name and taken_at < clock_timestamp() - :millis * interval '1 millisecond'
                                          for update skip locked)""")
                .param("name", name)
                .param("millis", every.minus(every.dividedBy(SLACK)).toMillis())
                .update()) == 1;
    }
}
