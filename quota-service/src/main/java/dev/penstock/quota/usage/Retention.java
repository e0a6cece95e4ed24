package dev.penstock.quota.usage;

import dev.penstock.frame.jobs.Timestamps;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** From when on the rows are here. Those before are in archives; roll-ups and postings are of all time. */
@Component
public class Retention {

    private final JdbcClient jdbc;
    private volatile Instant known = Instant.MIN;

    Retention(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the running transaction. {@link Instant#MIN}: nothing was archived yet. */
    public Instant from() {
        Instant from = jdbc.sql("select retained_from from quota.usage_retention").query((row, number) -> Timestamps.read(row, "retained_from")).single();
        known = from;
        return from;
    }

    /** As it was when last asked for here. It only moves forward. */
    public Instant known() {
        return known;
    }

    /** In the running transaction: before when rows are archived, for who asks about a time from {@code begin} on; null: all that they ask about are here. */
    public @Nullable Instant archivedBefore(Instant begin) {
        Instant from = from();
        return begin.isBefore(from) ? from : null;
    }

    /** The same for whoever sees these parts; it is the same of each. */
    @Nullable Instant archivedBefore(UsageSight sight, List<UsageSight.Part> parts, Instant begin) {
        return parts.isEmpty() ? null : sight.<@Nullable Instant>read(parts.getFirst(), part -> archivedBefore(begin));
    }
}
