package dev.penstock.quota.admission;

import dev.penstock.contract.quota.Meter;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.calendar.Period;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** How meters, levels and periods are said in SQL. Only constants of ours get into a statement's text. */
final class Columns {

    private static final int BUCKET_SECONDS = 15 * 60;

    private Columns() {}

    /** What an intent {@code i} asks of a meter. */
    static String askedOfIntent(Meter meter) {
        return switch (meter) {
            case REQUESTS -> "case when i.attempt = 0 then 1 else 0 end";
            case CONCURRENCY -> "1";
            case TOKENS_INPUT -> "i.input";
            case TOKENS_OUTPUT -> "i.output";
            case TOKENS -> "i.input + i.output";
            case MONEY -> "i.cost";
            case SLICES, GPU_TIME -> throw new IllegalArgumentException("calls have no " + meter);
        };
    }

    /** The sum of a meter over usage {@code u} of a period, from its {@link #source}. */
    static String used(Meter meter, Period period) {
        String sum = switch (meter) {
            case REQUESTS -> wholeBuckets(period) ? "sum(u.calls)" : "count(*) filter (where u.attempt = 0)";
            case CONCURRENCY -> "sum(0)";
            case TOKENS_INPUT -> "sum(u.input + u.cache_read + u.cache_write)";
            case TOKENS_OUTPUT -> "sum(u.output)";
            case TOKENS -> "sum(u.input + u.cache_read + u.cache_write + u.output)";
            case MONEY -> "sum(u.cost)";
            case SLICES, GPU_TIME -> throw new IllegalArgumentException("calls have no " + meter);
        };
        return "coalesce(" + sum + ", 0)";
    }

    /** Roll-ups where the period is made of whole buckets, which all but minutes are; otherwise the rows. */
    static String source(Period period) {
        return wholeBuckets(period) ? "quota.usage_rollup u" : "quota.usage u";
    }

    static String within(Period period) {
        String at = wholeBuckets(period) ? "u.bucket" : "u.ts";
        return "u.tenant_id = :tenant and " + at + " >= :start and " + at + " < :end";
    }

    /** That the rule counts a row: it is of the node {@code :node}, and of one of {@code :models} where only some count. */
    static String counted(CallRule rule, String alias) {
        String of = switch (rule.level()) {
            case TENANT -> alias + ".tenant_id = :node";
            case PROJECT -> alias + ".project_id = :node";
            case PERSON -> """
                    %1$s.project_id = (select parent_id from quota.node where tenant_id = :tenant and id = :node)
                    and %1$s.person = (select p.id from quota.usage_person p join quota.node n on n.tenant_id = p.tenant_id and n.name = p.person
                                        where n.tenant_id = :tenant and n.id = :node)""".formatted(alias);
            case KEY -> alias + ".key_id = :node";
        };
        return rule.models() == null
                ? of
                : of + " and " + alias + ".model in (select id from quota.usage_model where tenant_id = :tenant and model = any(:models))";
    }

    static String[] limits(List<CallClaim> claims) {
        return array(claims, claim -> claim.rule().id());
    }

    static String[] starts(List<CallClaim> claims) {
        return array(claims, claim -> Timestamps.text(claim.period().start()));
    }

    static String[] array(List<CallClaim> claims, Function<CallClaim, Object> column) {
        return claims.stream().map(column).map(Object::toString).toArray(String[]::new);
    }

    private static boolean wholeBuckets(Period period) {
        return isTurn(period.start()) && isTurn(period.end());
    }

    private static boolean isTurn(Instant at) {
        return at.equals(Instant.MIN) || at.equals(Instant.MAX) || (at.getNano() == 0 && at.getEpochSecond() % BUCKET_SECONDS == 0);
    }
}
