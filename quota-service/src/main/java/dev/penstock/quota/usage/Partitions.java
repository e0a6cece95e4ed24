package dev.penstock.quota.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The days, in UTC, that have a place for usage and intents. */
@Component
public class Partitions {

    private final JdbcClient jdbc;
    private final Set<LocalDate> made = ConcurrentHashMap.newKeySet();

    Partitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes what is missing of so many days, in the running transaction of the settle job. The day before is among them: calls outlive midnight. */
    public void ensure(Instant now, int days) {
        LocalDate first = day(now).minusDays(1);
        jdbc.sql("select quota.ensure_usage_partitions(:first, :days)::text")
                .param("first", first)
                .param("days", days + 1)
                .query((row, number) -> Boolean.TRUE)
                .list();
        first.datesUntil(first.plusDays(days + 1L)).forEach(made::add);
    }

    /** Whether the day of a call is known to have its place. */
    public boolean cover(Instant ts) {
        return made.contains(day(ts));
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
