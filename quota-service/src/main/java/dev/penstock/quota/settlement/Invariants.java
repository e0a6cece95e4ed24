package dev.penstock.quota.settlement;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks whether the books hold together, all questions of one moment. */
@Component
public class Invariants {

    /** Enough to see what the matter is. */
    private static final int MOST_TOLD = 20;

    private final JobTransactions transactions;
    private final JdbcClient jdbc;

    Invariants(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * What is broken; empty when all is well.
     *
     * @param tenant null: all
     * @param quiet whether no call is under way, so that nothing may be held either
     */
    public Map<Invariant, List<String>> broken(Actor actor, @Nullable TenantId tenant, boolean quiet) {
        return transactions.atOneMoment(Job.ORG, actor, () -> {
            Map<Invariant, List<String>> broken = new EnumMap<>(Invariant.class);
            Arrays.stream(Invariant.values()).filter(invariant -> quiet || invariant.holdsAlways()).forEach(invariant -> {
                List<String> breaks = ask(invariant, tenant, null);
                if (!breaks.isEmpty()) {
                    broken.put(invariant, breaks);
                }
            });
            return broken;
        });
    }

    /**
     * What breaks one of them, the first few; empty: it says nothing now, since calls are under way.
     *
     * @param since the beginning of 15 minutes; null: of everything
     * @param longest after which it is given up
     * @throws org.springframework.dao.QueryTimeoutException when it was
     */
    public Optional<List<String>> breaks(Actor actor, Invariant invariant, @Nullable Instant since, Duration longest) {
        return transactions.atOneMoment(Job.ORG, actor, () -> {
            jdbc.sql("select set_config('statement_timeout', :millis, true)").param("millis", Long.toString(longest.toMillis())).query(String.class).single();
            return invariant.holdsAlways() || noCallIsUnderWay() ? Optional.of(ask(invariant, null, since)) : Optional.empty();
        });
    }

    private boolean noCallIsUnderWay() {
        return jdbc.sql("select not exists (select from quota.reservation where kind = 'call') and not exists (select from quota.under_way)").query(Boolean.class).single();
    }

    private List<String> ask(Invariant invariant, @Nullable TenantId tenant, @Nullable Instant since) {
        return jdbc.sql(invariant.sql() + "\nlimit " + MOST_TOLD)
                .param("tenant", tenant == null ? null : tenant.toString())
                .param("since", since == null ? "-infinity" : since.toString())
                .query(String.class)
                .list();
    }
}
