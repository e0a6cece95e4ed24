package dev.penstock.quota.allotment;

import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.LimitId;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.calendar.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;

/** How pots and amounts are said in SQL. */
final class Columns {

    /** What a limit {@code l} refuses beyond; null where it is unlimited or only warns. */
    static final String CAP = "case when l.hard then l.amount end";

    private Columns() {}

    record LimitAndStart(LimitId limit, Instant start) {

        static LimitAndStart of(PotId pot) {
            return new LimitAndStart(pot.limit(), pot.period().start());
        }

        static LimitAndStart of(ResultSet row) throws SQLException {
            return new LimitAndStart(new LimitId(uuid(row, "limit_id")), Timestamps.read(row, "period_start"));
        }
    }

    static PotId pot(ResultSet row) throws SQLException {
        return new PotId(new LimitId(uuid(row, "limit_id")), new Period(Timestamps.read(row, "period_start"), Timestamps.read(row, "period_end")));
    }

    /** Of an allotment's row, with {@code beyond}. */
    static Holding holding(ResultSet row, PotId pot) throws SQLException {
        BigDecimal beyond = row.getBigDecimal("beyond");
        return new Holding(pot, row.getLong("id"), amount(row, "drawn"), amount(row, "returned"), beyond == null ? null : beyond.toBigIntegerExact());
    }

    static BigInteger amount(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getBigDecimal(column), column).toBigIntegerExact();
    }

    static String[] starts(Collection<PotId> pots) {
        return pots.stream().map(pot -> pot.period().start()).map(Timestamps::text).toArray(String[]::new);
    }

    static String[] texts(Collection<?> values) {
        return values.stream().map(Object::toString).toArray(String[]::new);
    }
}
