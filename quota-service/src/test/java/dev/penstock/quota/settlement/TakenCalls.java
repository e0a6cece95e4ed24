package dev.penstock.quota.settlement;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.frame.identity.Actor;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.CallLimits;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.allotment.Claim;
import dev.penstock.quota.allotment.PotId;
import dev.penstock.quota.allotment.Share;
import dev.penstock.quota.allotment.TestHolder;
import dev.penstock.quota.calendar.TenantCalendar;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.rating.TokenPrices;
import dev.penstock.quota.usage.UsageWords;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Calls of a tenant as they are admitted from memory: parts of what a replica holds, and an intent that stands in no table. */
final class TakenCalls {

    record Limit(LimitId id, Level level, Meter meter, @Nullable String model, Window window) {}

    /** Of a call that is like many. */
    private static final long INPUT = 2_000;
    private static final long OUTPUT = 500;

    final TestHolder holder;
    private final SpendBench bench;
    private final SpendBench.Tenant tenant;
    private final Map<LimitId, Limit> known = new LinkedHashMap<>();
    private TenantCalendar calendar;

    TakenCalls(SpendBench bench, SpendBench.Tenant tenant) {
        this.bench = bench;
        this.tenant = tenant;
        this.holder = new TestHolder(bench.service, tenant.id());
        this.calendar = new TenantCalendar(ZoneId.of("UTC"));
    }

    /** Sets it, and lets calls take of it from now on. */
    LimitId limit(Level level, Meter meter, Window window) {
        return limit(level, meter, null, window);
    }

    LimitId limit(Level level, Meter meter, @Nullable String model, Window window) {
        LimitId id = tenant.limit(level, meter, model, window, BigInteger.TEN.pow(15), true);
        known.put(id, new Limit(id, level, meter, model, window));
        return id;
    }

    void remove(LimitId limit) {
        tenant.remove(limit);
        known.remove(limit);
    }

    /** Calls take by the tenant's new calendar from now on. */
    void move(int version, String zone) {
        tenant.register(version, zone);
        calendar = new TenantCalendar(ZoneId.of(zone));
    }

    PotId pot(LimitId limit, Ask ask) {
        return new PotId(limit, calendar.period(known.get(limit).window(), ask.ts()));
    }

    Intent taken(Ask ask) {
        TokenPrices prices = ask.target().shared() ? SpendBench.PRICES : TokenPrices.FREE;
        BigInteger cost = prices.bound(ask.bound().inputTokens(), ask.bound().outputTokens());
        Ask.Caller caller = ask.caller();
        UsageWords words = bench.service.bean(UsageWords.class);
        return new Intent(
                ask.attempt(), ask.ts(), caller.project(), caller.key(), caller.person() == null ? null : words.person(tenant.id(), caller.person()),
                ask.target().endpoint(), 0, words.model(tenant.id(), new UsageWords.Model(ask.target().endpoint(), ask.target().model(), ask.target().sku(), ask.target().steered())),
                ask.target().sku(), ask.path().code(), prices.version(), ask.target().contextTokens(), ask.bound().inputTokens(), ask.bound().outputTokens(),
                cost, ask.bound().answers(), take(ask, cost));
    }

    /** That have ended, each with nearly what it was promised. One draw for all of them, in equal shares: drawing is not settling. */
    List<Ended> ended(int count) {
        return ended(count, List.of(tenant.key()));
    }

    /** The same, by turns of so many others, whom no limit of their own counts. */
    List<Ended> ended(int count, int callers) {
        return ended(count, IntStream.range(0, callers).mapToObj(caller -> new KeyId(new UUID(tenant.id().value().getMostSignificantBits(), caller))).toList());
    }

    private List<Ended> ended(int count, List<KeyId> keys) {
        List<Intent.Part> whole = taken(tenant.ask(INPUT * count, OUTPUT * count)).parts();
        List<Intent.Part> parts = whole.stream().map(part -> new Intent.Part(
                part.meter(), new Share(part.share().pot(), part.share().allotment(), part.share().taken().divide(BigInteger.valueOf(count))))).toList();
        Intent like = new TakenCalls(bench, tenant).taken(tenant.ask(INPUT, OUTPUT));
        List<Ended> ends = new ArrayList<>();
        for (int call = 0; call < count; call++) {
            Attempt attempt = new Attempt(tenant.id(), bench.newCall(), 0);
            Intent intent = new Intent(
                    attempt, Ask.timeOf(attempt.call()), like.project(), keys.get(call % keys.size()), like.person(), like.endpoint(), like.upstream(), like.model(), like.sku(), like.path(),
                    like.priceVersion(), like.context(), like.input(), like.output(), like.cost(), like.answers(), parts);
            ends.add(new Ended(SpendBench.completed(attempt, INPUT - call % 7, OUTPUT - call % 11), intent));
        }
        return ends;
    }

    private List<Intent.Part> take(Ask ask, BigInteger cost) {
        List<Limit> counting = known.values().stream().filter(limit -> counts(limit, ask) && asked(limit, ask, cost).signum() > 0).toList();
        if (counting.isEmpty()) {
            return List.of();
        }
        bench.service.bean(CallLimits.class).openPresent(Actor.system("test"), tenant.id());
        List<Share> shares = holder.take(counting.stream().map(limit -> new Claim(pot(limit.id(), ask), asked(limit, ask, cost))).toList());
        List<Intent.Part> parts = new ArrayList<>();
        for (int at = 0; at < shares.size(); at++) {
            parts.add(new Intent.Part(counting.get(at).meter(), shares.get(at)));
        }
        return parts;
    }

    private static BigInteger asked(Limit limit, Ask ask, BigInteger cost) {
        return switch (limit.meter()) {
            case REQUESTS -> ask.number() == 0 ? BigInteger.ONE : BigInteger.ZERO;
            case CONCURRENCY -> BigInteger.ONE;
            case TOKENS_INPUT -> BigInteger.valueOf(ask.bound().inputTokens());
            case TOKENS_OUTPUT -> BigInteger.valueOf(ask.bound().outputTokens());
            case TOKENS -> BigInteger.valueOf(ask.bound().inputTokens() + ask.bound().outputTokens());
            case MONEY -> cost;
            case SLICES, GPU_TIME -> throw new AssertionError(limit.meter());
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
