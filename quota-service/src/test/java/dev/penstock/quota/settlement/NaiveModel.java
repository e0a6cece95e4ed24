package dev.penstock.quota.settlement;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.calendar.TenantCalendar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same as the tables hold, without a counter anywhere: every question is answered by going through all calls there ever were. */
final class NaiveModel {

    record Limit(Level level, Meter meter, @Nullable String model, Window window, @Nullable Long amount, boolean hard) {}

    /** An attempt; {@code in} and {@code out} are its bound until it is settled, and what it used afterwards. */
    static final class Call {
        final Ask ask;
        long in;
        long out;
        boolean open = true;

        Call(Ask ask) {
            this.ask = ask;
            this.in = ask.bound().inputTokens();
            this.out = ask.bound().outputTokens();
        }
    }

    final Map<LimitId, Limit> limits = new LinkedHashMap<>();
    final List<Call> calls = new ArrayList<>();
    private final SpendBench.Tenant tenant;
    private final TenantCalendar calendar;

    NaiveModel(SpendBench.Tenant tenant, TenantCalendar calendar) {
        this.tenant = tenant;
        this.calendar = calendar;
    }

    /** Those that refuse it. */
    List<LimitId> refusing(Ask ask) {
        return limits.entrySet().stream().filter(entry -> refuses(entry.getValue(), ask)).map(Map.Entry::getKey).toList();
    }

    private boolean refuses(Limit limit, Ask ask) {
        long asked = amount(limit.meter(), ask, ask.bound().inputTokens(), ask.bound().outputTokens());
        if (limit.amount() == null || !limit.hard() || !counts(limit, ask) || asked == 0) {
            return false;
        }
        Use use = used(limit, ask.ts());
        return Math.addExact(Math.addExact(use.settled(), use.leased()), asked) > limit.amount();
    }

    /** {@code settled/leased}. */
    String use(LimitId limit, Instant at) {
        Use use = used(limits.get(limit), at);
        return use.settled() + "/" + use.leased();
    }

    private record Use(long settled, long leased) {}

    private Use used(Limit limit, Instant at) {
        Period period = calendar.period(limit.window(), at);
        long settled = 0;
        long leased = 0;
        for (Call call : calls) {
            if (counts(limit, call.ask) && period.contains(call.ask.ts())) {
                long amount = amount(limit.meter(), call.ask, call.in, call.out);
                if (call.open && limit.meter() != Meter.REQUESTS) {
                    leased = Math.addExact(leased, amount);
                } else if (limit.meter() != Meter.CONCURRENCY) {
                    settled = Math.addExact(settled, amount);
                }
            }
        }
        return new Use(settled, leased);
    }

    private static long amount(Meter meter, Ask ask, long in, long out) {
        return switch (meter) {
            case REQUESTS -> ask.number() == 0 ? 1 : 0;
            case CONCURRENCY -> 1;
            case TOKENS_INPUT -> in;
            case TOKENS_OUTPUT -> out;
            case TOKENS -> in + out;
            case MONEY -> ask.target().shared() ? in * SpendBench.INPUT_PRICE + out * SpendBench.OUTPUT_PRICE : 0;
            case SLICES, GPU_TIME -> throw new AssertionError(meter);
        };
    }

    private boolean counts(Limit limit, Ask ask) {
        boolean ofModel = limit.model() == null || limit.model().equals(ask.target().model());
        return ofModel && switch (limit.level()) {
            case TENANT -> true;
            case PROJECT -> ask.caller().project().equals(tenant.project());
            case PERSON -> ask.caller().project().equals(tenant.project()) && "someone".equals(ask.caller().person());
            case KEY -> tenant.key().equals(ask.caller().key());
        };
    }
}
