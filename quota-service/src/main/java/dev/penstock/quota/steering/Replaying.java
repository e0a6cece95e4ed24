package dev.penstock.quota.steering;

import static dev.penstock.frame.jobs.Required.text;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.ReplayLine;
import dev.penstock.contract.quota.ReplaySpec;
import dev.penstock.contract.quota.ReplayView;
import dev.penstock.contract.quota.SteeringRule;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.rating.Tokens;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What rules would have made of calls that are in the books. Calls are taken together that no rule can tell apart: same name, same purpose, same side of every
 * rule's longest prompt. The lengths are those that engines counted, where rules guess from bytes; a call by an alias is known by the model that answered.
 */
@Component
class Replaying {

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final NamedPrices prices;
    private final Clock clock;

    Replaying(JobTransactions transactions, JdbcClient jdbc, NamedPrices prices, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.prices = prices;
        this.clock = clock;
    }

    /** @param promptTokens as many as none of them has more, as far as any rule asks */
    private record Alike(
            String asked, @Nullable String purpose, long promptTokens, @Nullable Integer complexity, int priceVersion, long calls, Tokens tokens, BigInteger paid) {}

    private record Outcome(int rule, String asked, String use) {}

    private static final class Sum {
        private long calls;
        private BigInteger paid = BigInteger.ZERO;
        private @Nullable BigInteger instead = BigInteger.ZERO;

        void add(Alike calls, @Nullable BigInteger cost) {
            this.calls += calls.calls();
            paid = paid.add(calls.paid());
            instead = cost == null || instead == null ? null : instead.add(cost);
        }
    }

    ReplayView of(Actor reader, TenantId tenant, ProjectId project, ReplaySpec spec) {
        Instant to = clock.instant();
        Instant asked = to.minus(Duration.ofDays(spec.days()));
        return transactions.inTenant(Job.WEB, reader, tenant, () -> {
            Instant retained = jdbc.sql("select greatest(retained_from, :from) from quota.usage_retention").param("from", Timestamps.column(asked))
                    .query((row, number) -> Timestamps.read(row, "greatest")).single();
            return replayed(tenant, project, spec.rules(), retained, to);
        });
    }

    private ReplayView replayed(TenantId tenant, ProjectId project, List<SteeringRule> rules, Instant from, Instant to) {
        Policy proposed = new Policy(1, rules, null);
        Map<Outcome, Sum> outcomes = new LinkedHashMap<>();
        long calls = 0;
        long unknown = 0;
        BigInteger paid = BigInteger.ZERO;
        for (Alike alike : alike(tenant, project, thresholds(rules), from, to)) {
            AtomicBoolean missed = new AtomicBoolean();
            Optional<Policy.Match> match = proposed.matching(known(alike, missed)).stream().findFirst();
            calls += alike.calls();
            paid = paid.add(alike.paid());
            unknown += missed.get() ? alike.calls() : 0;
            match.ifPresent(found -> outcomes.computeIfAbsent(new Outcome(found.number(), alike.asked(), found.use()), made -> new Sum())
                    .add(alike, prices.cost(tenant, project, found.use(), alike.priceVersion(), alike.tokens())));
        }
        return new ReplayView(from, to, Savings.currency(jdbc, tenant), calls, unknown, paid, outcomes.entrySet().stream()
                .map(entry -> new ReplayLine(
                        entry.getKey().rule(), entry.getKey().asked(), entry.getKey().use(), entry.getValue().calls, entry.getValue().paid, entry.getValue().instead))
                .toList());
    }

    private static Policy.Known known(Alike alike, AtomicBoolean missed) {
        return new Policy.Known(alike.asked(), alike.purpose(), alike.promptTokens(), () -> {
            missed.set(alike.complexity() == null);
            return alike.complexity() == null ? OptionalInt.empty() : OptionalInt.of(alike.complexity());
        });
    }

    /** The longest prompts of the rules, each once, upwards. */
    private static long[] thresholds(List<SteeringRule> rules) {
        return rules.stream().map(SteeringRule::mostPromptTokens).filter(Objects::nonNull).mapToLong(Long::longValue).distinct().sorted().toArray();
    }

    private List<Alike> alike(TenantId tenant, ProjectId project, long[] thresholds, Instant from, Instant to) {
        Long[] above = new Long[thresholds.length + 1];
        for (int i = 0; i < thresholds.length; i++) {
            above[i] = thresholds[i] + 1;
        }
        above[thresholds.length] = Long.MAX_VALUE;
        return jdbc.sql("""
                        select coalesce(m.asked, m.model) as asked, k.purpose, substring(m.why from 'complexity ([0-9]+) of')::int as complexity, u.price_version,
                               width_bucket(u.input + u.cache_read + u.cache_write, :above::bigint[]) as side, count(*) as calls,
                               sum(u.input) as input, sum(u.cache_read) as cache_read, sum(u.cache_write) as cache_write, sum(u.output) as output, sum(u.cost) as cost
                          from quota.usage u
                          join quota.usage_model m on m.tenant_id = u.tenant_id and m.id = u.model
                          left join quota.api_key k on k.tenant_id = u.tenant_id and k.id = u.key_id
                         where u.tenant_id = :tenant and u.project_id = :project and u.ts >= :from and u.ts < :to and u.status < 400 and u.output > 0
                         group by 1, 2, 3, 4, 5
                         order by 1, 2, 3, 4, 5""")
                .param("above", above)
                .param("tenant", tenant.value())
                .param("project", project.value())
                .param("from", Timestamps.column(from))
                .param("to", Timestamps.column(to))
                .query((row, number) -> alike(row, thresholds))
                .list();
    }

    private static Alike alike(ResultSet row, long[] thresholds) throws SQLException {
        int side = row.getInt("side");
        return new Alike(
                text(row, "asked"), row.getString("purpose"), side < thresholds.length ? thresholds[side] : Long.MAX_VALUE, row.getObject("complexity", Integer.class),
                row.getInt("price_version"), row.getLong("calls"),
                new Tokens(row.getLong("input"), row.getLong("cache_read"), row.getLong("cache_write"), row.getLong("output")), row.getBigDecimal("cost").toBigIntegerExact());
    }
}
