package dev.penstock.quota.admission;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.allotment.Allotments;
import dev.penstock.quota.allotment.Life;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.underway.OwnLife;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who this process is among those that admit: a name that outlives it, and an epoch that grows with every start. By them it is known which
 * intents were left behind by one that died.
 */
@Component
public class Replica {

    private static final Actor ACTOR = Actor.system("admission");

    private final String name;
    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final Journal journal;
    private final OwnLife life;
    private final boolean intentsInJournal;
    private final Allotments allotments;
    private volatile @Nullable Long epoch;

    Replica(AdmissionSettings settings, JobTransactions transactions, JdbcClient jdbc, Journal journal, OwnLife life, Allotments allotments) {
        String given = settings.replica();
        this.name = given == null ? hostName() : given;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.journal = journal;
        this.life = life;
        this.intentsInJournal = settings.mode() == AdmissionSettings.Mode.ALLOTMENTS;
        this.allotments = allotments;
    }

    public String name() {
        return name;
    }

    /** Taken from the database the first time it is asked for, once in the life of the process; the journal and what is held of limits begin with it. */
    public long epoch() {
        Long known = epoch;
        return known == null ? take() : known;
    }

    /** Says that this replica lives; others leave alone what it holds. */
    public void seen(Instant now) {
        epoch();
        transactions.acrossTenants(Job.SETTLE, ACTOR, () -> jdbc.sql("update quota.replica set seen_at = :now where name = :name")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("name", name)
                .update());
    }

    private synchronized long take() {
        if (epoch == null) {
            long taken = transactions.acrossTenants(Job.SETTLE, ACTOR, this::next);
            journal.begin(name, taken);
            allotments.begin(new Life(name, taken, journal.id()));
            epoch = taken;
        }
        return Objects.requireNonNull(epoch);
    }

    private long next() {
        long next = jdbc.sql("""
                        insert into quota.replica as r (name, epoch) values (:name, 1)
                        on conflict (name) do update set epoch = r.epoch + 1, started_at = clock_timestamp()
                        returning epoch""")
                .param("name", name)
                .query(Long.class)
                .single();
        if (intentsInJournal) {
            life.begins(name, next);
        }
        return next;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("this host has no name; set penstock.admission.replica", e);
        }
    }
}
