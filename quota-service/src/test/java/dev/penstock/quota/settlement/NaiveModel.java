package dev.penstock.quota.settlement;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.calendar.TenantCalendar;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same as the tables hold, without a counter anywhere: every question is answered by going through all calls there ever were. */
final class NaiveModel {

    record Limit(Level level, Meter meter, Window window, @Nullable Long amount) {}

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
        BigInteger asked = amount(limit.meter(), new Call(ask));
        if (limit.amount() == null || !counts(limit.level(), ask) || asked.signum() == 0) {
            return false;
        }
        BigInteger used = use(limit, ask.ts(), false).add(use(limit, ask.ts(), true));
        return used.add(asked).compareTo(BigInteger.valueOf(limit.amount())) > 0;
    }

    /** {@code settled/leased}. */
    String use(LimitId limit, Instant at) {
        return use(limits.get(limit), at, false) + "/" + use(limits.get(limit), at, true);
    }

    private BigInteger use(Limit limit, Instant at, boolean leased) {
        Period period = calendar.period(limit.window(), at);
        return calls.stream()
                .filter(call -> counts(limit.level(), call.ask) && period.contains(call.ask.ts()))
                .filter(call -> leased == (call.open && limit.meter() != Meter.REQUESTS))
                .filter(call -> limit.meter() != Meter.CONCURRENCY || call.open)
                .map(call -> amount(limit.meter(), call))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static BigInteger amount(Meter meter, Call call) {
        return switch (meter) {
            case REQUESTS -> call.ask.number() == 0 ? BigInteger.ONE : BigInteger.ZERO;
            case CONCURRENCY -> BigInteger.ONE;
            case TOKENS_INPUT -> BigInteger.valueOf(call.in);
            case TOKENS_OUTPUT -> BigInteger.valueOf(call.out);
            case TOKENS -> BigInteger.valueOf(call.in + call.out);
            case MONEY -> call.ask.target().shared()
                    ? BigInteger.valueOf(call.in * SpendBench.INPUT_PRICE + call.out * SpendBench.OUTPUT_PRICE) : BigInteger.ZERO;
            case SLICES, GPU_TIME -> throw new AssertionError(meter);
        };
    }

    private boolean counts(Level level, Ask ask) {
        return switch (level) {
            case TENANT -> true;
            case PROJECT -> ask.caller().project().equals(tenant.project());
            case KEY -> tenant.key().equals(ask.caller().key());
        };
    }
}
