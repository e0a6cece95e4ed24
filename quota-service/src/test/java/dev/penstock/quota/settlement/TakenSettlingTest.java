package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.journal.Payer;
import dev.penstock.quota.journal.Settlement;
import dev.penstock.quota.rating.KnownPrices;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How attempts end in the books whose intents were in a journal, and what that leaves of the allotments they took from. */
class TakenSettlingTest {

    private final SpendBench bench = SpendBench.get();
    private final SpendBench.Tenant tenant = bench.tenant();
    private final TakenCalls calls = new TakenCalls(bench, tenant);

    @AfterEach
    void theBooksHoldTogether() {
        bench.clock.followRealTime();
        bench.isSoundAndQuiet(tenant);
    }

    /** Whoever computes it: what the books say is what they say of the same end in direct mode, and what memory keeps for used is what the rows keep. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            as told                         | CALLER   | COMPLETED          | 90 0 0 10
            from caches and to them         | CALLER   | COMPLETED          | 30 40 20 10
            all that was reserved           | CALLER   | COMPLETED          | 100 0 0 50
            nothing                         | CALLER   | COMPLETED          | 0 0 0 0
            more than was reserved          | CALLER   | COMPLETED          | 80 30 0 57
            what cannot be                  | CALLER   | COMPLETED          | -1 0 0 5
            a sum beyond 63 bits            | CALLER   | COMPLETED          | 9223372036854775807 9223372036854775807 2 1
            nobody told, seven delivered    | CALLER   | CLIENT_GONE        | 7
            never settled                   | CALLER   | NEVER_SETTLED      | 9223372036854775807
            killed in the middle            | CALLER   | KILLED             | 90 0 0 3
            we pay                          | PLATFORM | UPSTREAM_BROKE_OFF | 80 0 0 3
            we pay for what cannot be       | PLATFORM | UPSTREAM_FAILED    | 1 0 0 -3
            we pay, and nobody told         | PLATFORM | UPSTREAM_FAILED    | 4
            never forwarded                 | PLATFORM | NOT_FORWARDED      | 0 0 0 0
            """)
    void memoryRowsAndDirectModeSayTheSame(String title, Payer payer, Cause cause, String told) {
        List<LimitId> limits = new ArrayList<>();
        for (Meter meter : List.of(Meter.REQUESTS, Meter.CONCURRENCY, Meter.TOKENS_INPUT, Meter.TOKENS_OUTPUT, Meter.TOKENS, Meter.MONEY)) {
            limits.add(calls.limit(Level.TENANT, meter, meter == Meter.CONCURRENCY ? Window.NOW : Window.LIFE));
        }
        Ask ask = tenant.ask(100, 50);
        Intent intent = calls.taken(ask);
        Ended end = new Ended(end(intent.attempt(), payer, cause, told), intent);
        List<String> given = new ArrayList<>();
        GivingBack givingBack = new GivingBack(
                bench.service.bean(KnownPrices.class), bench.service.bean(JobTransactions.class), (of, used) -> {
                    used.forEach(each -> given.add(each.share().pot().limit() + " " + each.amount()));
                    calls.holder.ended(used);
                });
        givingBack.ended(List.of(end));
        givingBack.giveBackUnpriced();
        assertThat(given).hasSize(limits.size());
        assertThat(apply(end)).isOne();

        for (LimitId limit : limits) {
            String free = calls.holder.free(calls.pot(limit, ask)).toString();
            assertThat(bench.service.column("select drawn - spent - returned from quota.replica_allotment where limit_id = '%s'".formatted(limit))).as(limit + " in memory " + free).containsExactly(free);
            String used = bench.service.column("select spent from quota.replica_allotment where limit_id = '%s'".formatted(limit)).getFirst();
            assertThat(given).contains(limit + " " + used);
            assertThat(tenant.use(limit)).startsWith(used + "/");
        }
        calls.holder.giveUpAll();
        SpendBench.Tenant direct = bench.tenant();
        Ask same = direct.ask(100, 50);
        assertThat(bench.apply(direct.id(), List.of(end(direct.admitted(same), payer, cause, told)))).isOne();
        assertThat(books(tenant)).isEqualTo(books(direct));
    }

    @Test
    void whatWasUsedIsFinalOnEveryLevelAndTheRestStaysWithTheReplica() {
        LimitId ofTenant = calls.limit(Level.TENANT, Meter.TOKENS, Window.MONTH);
        LimitId ofProject = calls.limit(Level.PROJECT, Meter.MONEY, Window.DAY);
        LimitId ofKey = calls.limit(Level.KEY, Meter.REQUESTS, Window.LIFE);
        LimitId atATime = calls.limit(Level.KEY, Meter.CONCURRENCY, Window.NOW);
        Intent intent = calls.taken(tenant.ask(1_000, 500));
        assertThat(tenant.use(ofTenant)).isEqualTo("0/4500");
        apply(new Ended(SpendBench.completed(intent.attempt(), 900, 100), intent));
        long cost = 900 * SpendBench.INPUT_PRICE + 100 * SpendBench.OUTPUT_PRICE;
        assertThat(tenant.use(ofTenant)).isEqualTo("1000/3500");
        assertThat(tenant.use(ofProject)).startsWith(cost + "/");
        assertThat(tenant.use(ofKey)).isEqualTo("1/2");
        assertThat(tenant.use(atATime)).isEqualTo("0/3");
        bench.isSoundAndQuiet(tenant);
        calls.holder.dieAndRecover();
        assertThat(List.of(tenant.use(ofTenant), tenant.use(ofProject), tenant.use(ofKey), tenant.use(atATime))).containsExactly("1000/0", cost + "/0", "1/0", "0/0");
    }

    @Test
    void aCallThatIsTriedAgainIsOneRequest() {
        LimitId requests = calls.limit(Level.TENANT, Meter.REQUESTS, Window.LIFE);
        Ask first = tenant.ask(10, 10);
        for (Ask ask : List.of(first, tenant.ask(first.call(), 1, 10, 10))) {
            Intent intent = calls.taken(ask);
            apply(new Ended(SpendBench.completed(intent.attempt(), 10, 10), intent));
        }
        assertThat(tenant.use(requests)).startsWith("1/");
        assertThat(tenant.usage("attempt")).containsExactly("0", "1");
    }

    @Test
    void limitsCountTheirOwnPersonKeyProjectAndModelsOnly() {
        tenant.publish("small");
        LimitId person = calls.limit(Level.PERSON, Meter.TOKENS, Window.LIFE);
        LimitId key = calls.limit(Level.KEY, Meter.TOKENS, Window.LIFE);
        LimitId project = calls.limit(Level.PROJECT, Meter.TOKENS, Window.LIFE);
        LimitId small = calls.limit(Level.TENANT, Meter.TOKENS, "small", Window.LIFE);
        LimitId smallOfPerson = calls.limit(Level.PERSON, Meter.MONEY, "small", Window.LIFE);
        Ask.Caller someone = new Ask.Caller(tenant.id(), tenant.project(), null, "someone");
        List<Ended> ends = new ArrayList<>();
        for (Ask ask : List.of(
                tenant.ask(10, 0), tenant.byPerson(100, 0), tenant.inOtherProject(1_000, 0),
                tenant.ask(bench.newCall(), 0, someone, "small", true, 10_000, 0),
                tenant.ask(bench.newCall(), 0, new Ask.Caller(tenant.id(), tenant.project(), null, "someone else"), "small", true, 100_000, 0))) {
            Intent intent = calls.taken(ask);
            ends.add(new Ended(SpendBench.completed(intent.attempt(), ask.bound().inputTokens(), 0), intent));
        }
        assertThat(apply(ends.toArray(Ended[]::new))).isEqualTo(5);
        assertThat(List.of(settled(person), settled(key), settled(project), settled(small), settled(smallOfPerson)))
                .containsExactly("10100", "10", "110110", "110000", Long.toString(10_000 * SpendBench.INPUT_PRICE));
    }

    @Test
    void aLimitThatIsSetAfterTheTakeCountsTheCallWhenItSettles() {
        Intent intent = calls.taken(tenant.ask(100, 50));
        LimitId tokens = calls.limit(Level.KEY, Meter.TOKENS, Window.MONTH);
        LimitId requests = calls.limit(Level.TENANT, Meter.REQUESTS, Window.LIFE);
        assertThat(List.of(tenant.use(tokens), tenant.use(requests))).containsExactly("0/0", "0/0");
        apply(new Ended(SpendBench.completed(intent.attempt(), 60, 10), intent));
        assertThat(List.of(tenant.use(tokens), tenant.use(requests))).containsExactly("70/0", "1/0");
    }

    @Test
    void aLimitThatIsRemovedAndSetAgainBetweenTakeAndSettleCountsTheCallAndHoldsNothingOfIt() {
        LimitId tokens = calls.limit(Level.TENANT, Meter.TOKENS, Window.MONTH);
        LimitId removed = calls.limit(Level.PROJECT, Meter.TOKENS, Window.MONTH);
        Intent old = calls.taken(tenant.ask(100, 50));
        calls.remove(tokens);
        calls.remove(removed);
        calls.limit(Level.TENANT, Meter.TOKENS, Window.MONTH);
        assertThat(tenant.use(tokens)).isEqualTo("0/0");
        Ended end = new Ended(SpendBench.completed(old.attempt(), 60, 10), old);
        assertThat(apply(end)).isOne();
        assertThat(List.of(tenant.use(tokens), tenant.use(removed))).containsExactly("70/0", "not counted");
        Intent unaware = calls.taken(tenant.ask(100, 50));
        assertThat(tenant.use(tokens)).as("its replica has not read yet that what it took of is gone").isEqualTo("70/0");
        calls.holder.read();
        Intent young = calls.taken(tenant.ask(100, 50));
        assertThat(tenant.use(tokens)).isEqualTo("70/450");
        apply(end, new Ended(SpendBench.completed(unaware.attempt(), 2, 1), unaware), new Ended(SpendBench.completed(young.attempt(), 5, 5), young));
        assertThat(tenant.use(tokens)).isEqualTo("83/440");
    }

    @Test
    void aCallOfLastMonthCountsInLastMonth() {
        LimitId month = calls.limit(Level.TENANT, Meter.TOKENS, Window.MONTH);
        LimitId minute = calls.limit(Level.TENANT, Meter.TOKENS_OUTPUT, Window.MINUTE);
        Instant last = Instant.parse("2026-11-30T23:59:59.5Z");
        bench.clock.set(last);
        Intent before = calls.taken(tenant.ask(100, 50));
        Instant next = Instant.parse("2026-12-01T00:00:00Z");
        bench.clock.set(next);
        Intent after = calls.taken(tenant.ask(100, 50));
        apply(new Ended(SpendBench.completed(before.attempt(), 60, 10), before), new Ended(SpendBench.completed(after.attempt(), 7, 3), after));
        assertThat(List.of(tenant.use(month, last), tenant.use(month, next))).containsExactly("70/380", "10/440");
        assertThat(List.of(tenant.use(minute, last), tenant.use(minute, next))).containsExactly("10/140", "3/147");
    }

    /** Days of the old calendar that are over stay as they were; the present one is counted anew by the new calendar. */
    @Test
    void whenTheZoneMovesBetweenTakeAndSettleEveryPeriodThatCountsTheCallSaysSo() {
        LimitId day = calls.limit(Level.TENANT, Meter.TOKENS, Window.DAY);
        Instant late = Instant.parse("2026-11-20T23:59:50Z");
        bench.clock.set(late);
        Intent yesterday = calls.taken(tenant.ask(100, 0));
        Instant early = Instant.parse("2026-11-21T00:00:05Z");
        bench.clock.set(early);
        Intent today = calls.taken(tenant.ask(100, 0));
        calls.move(2, "Asia/Kathmandu");
        Intent moved = calls.taken(tenant.ask(100, 0));
        apply(
                new Ended(SpendBench.completed(yesterday.attempt(), 10, 0), yesterday), new Ended(SpendBench.completed(today.attempt(), 20, 0), today),
                new Ended(SpendBench.completed(moved.attempt(), 30, 0), moved));
        assertThat(bench.service.column("select to_char(period_start at time zone 'UTC', 'DD HH24:MI') || ' ' || settled || '/' || leased from quota.limit_period where limit_id = '%s' order by 1".formatted(day)))
                .containsExactly("20 00:00 10/290", "20 18:15 60/270");
    }

    @Test
    void oneThatSaysMoreThanItTookCannotBeSettledAndIsNotHalfSettled() {
        LimitId tokens = calls.limit(Level.TENANT, Meter.TOKENS, Window.LIFE);
        Intent intent = calls.taken(tenant.ask(100, 50));
        Intent more = new Intent(
                intent.attempt(), intent.ts(), intent.project(), intent.key(), intent.person(), intent.endpoint(), intent.upstream(), intent.model(), intent.sku(),
                intent.path(), intent.priceVersion(), intent.context(), 1_000, intent.output(), intent.cost(), intent.answers(), intent.parts());
        assertThat(catchThrowable(() -> apply(new Ended(SpendBench.completed(more.attempt(), 900, 0), more))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tenant.usage("call_id")).isEmpty();
        assertThat(settled(tokens)).isEqualTo("0");
    }

    private int apply(Ended... ends) {
        return bench.settling.apply(tenant.id(), List.of(ends));
    }

    private String settled(LimitId limit) {
        return tenant.use(limit).split("/")[0];
    }

    private static Settlement end(Attempt attempt, Payer payer, Cause cause, String told) {
        List<Long> numbers = List.of(told.split(" ")).stream().map(Long::valueOf).toList();
        Counts counts = numbers.size() == 1
                ? new Counts.Delivered(numbers.getFirst()) : new Counts.Read(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
        return new Settlement(attempt, 200, counts, payer, cause, Duration.ofMillis(20), null);
    }

    /** Everything that is written down of the tenant's one attempt. */
    private List<String> books(SpendBench.Tenant of) {
        List<String> all = new ArrayList<>(of.usage("concat_ws(' ', attempt, status, estimated, input, cache_read, cache_write, output, cost, price_version, path, duration_ms)"));
        all.addAll(of.ledger());
        for (String table : List.of("quarantine, reason input cache_read cache_write output", "leeway, cause repeats input_less input_more output_less output_more", "entry, kind cause")) {
            String[] words = table.split(", ");
            all.addAll(bench.service.column("select '%1$s ' || concat_ws(' ', %2$s) from quota.%1$s where tenant_id = '%3$s' order by 1"
                    .formatted(words[0], words[1].replace(" ", ", "), of.id())));
        }
        return all.stream().filter(Objects::nonNull).toList();
    }
}
