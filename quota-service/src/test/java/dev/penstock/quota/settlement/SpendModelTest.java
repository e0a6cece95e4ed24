package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.calendar.TenantCalendar;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Payer;
import dev.penstock.quota.journal.Settlement;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand random operations, and after each the answer of the tables is that of a model that counts everything anew. Four tenants of 2,500
 * operations side by side, each with a seed and a time of its own, so that a failing one can be repeated alone.
 */
@Timeout(300)
class SpendModelTest {

    private static final int OPERATIONS = 2_500;
    private static final int BATCH = 250;
    private static final List<String> MODELS = List.of("small", "large", "vision/own");

    private final SpendBench bench = SpendBench.get();

    @Test
    void theTablesSayWhatAModelSaysThatCountsEverythingAnew() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> lives = LongStream.rangeClosed(1, 4).<Callable<Integer>>mapToObj(seed -> () -> new Life(seed).live()).toList();
            int refused = 0;
            for (Future<Integer> life : threads.invokeAll(lives)) {
                refused += life.get();
            }
            assertThat(refused).as("refusals among ten thousand").isBetween(500, 9_500);
        }
    }

    private final class Life {

        private final long seed;
        private final Random random;
        private final SpendBench.Tenant tenant;
        private final TenantCalendar calendar;
        private final NaiveModel model;
        private Instant now = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(9));
        private int refused;

        Life(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            String zone = List.of("UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Auckland").get((int) seed % 4);
            this.tenant = bench.tenant(zone);
            MODELS.forEach(tenant::publish);
            this.calendar = new TenantCalendar(ZoneId.of(zone));
            this.model = new NaiveModel(tenant, calendar);
        }

        int live() {
            for (int operation = 1; operation <= OPERATIONS; operation++) {
                step("seed " + seed + ", operation " + operation);
                if (operation % BATCH == 0) {
                    agree("seed " + seed + " after " + operation);
                }
            }
            settle(model.calls.stream().filter(call -> call.open).toList());
            agree("seed " + seed + " at the end");
            bench.isSoundAndQuiet(tenant);
            return refused;
        }

        private void step(String where) {
            int dice = random.nextInt(1_000);
            if (dice < 640) {
                admit(where);
            } else if (dice < 950) {
                List<NaiveModel.Call> open = new ArrayList<>(model.calls.stream().filter(call -> call.open).toList());
                Collections.shuffle(open, random);
                settle(open.subList(0, Math.min(open.size(), 1 + random.nextInt(8))));
            } else if (dice < 975) {
                now = now.plus(List.of(Duration.ofSeconds(20), Duration.ofMinutes(10), Duration.ofHours(2)).get(random.nextInt(3)));
            } else {
                limit();
            }
        }

        private void admit(String where) {
            now = now.plusMillis(random.nextInt(50));
            Ask ask = ask();
            List<LimitId> refusing = model.refusing(ask);
            switch (tenant.admit(ask)) {
                case Verdict.Admitted yes -> {
                    assertThat(refusing).as(where).isEmpty();
                    model.calls.add(new NaiveModel.Call(ask));
                }
                case Verdict.Refused no -> {
                    assertThat(refusing).as(where).contains(no.rule());
                    assertThat(no.settled() + "/" + no.leased()).as(where).isEqualTo(model.use(no.rule(), ask.ts()));
                    refused++;
                }
                case Verdict.Unpriced never -> throw new AssertionError(where + ": " + never);
                case Verdict.Unavailable never -> throw new AssertionError(where + ": " + never);
            }
        }

        private Ask ask() {
            long in = random.nextInt(200);
            long out = random.nextInt(100);
            boolean again = !model.calls.isEmpty() && random.nextInt(10) == 0;
            NaiveModel.Call last = again ? model.calls.getLast() : null;
            if (last != null) {
                return tenant.ask(last.ask.call(), last.ask.number() + 1, last.ask.caller(), last.ask.target().model(), true, in, out);
            }
            Ask.Caller caller = switch (random.nextInt(4)) {
                case 0 -> new Ask.Caller(tenant.id(), tenant.project(), tenant.key(), null);
                case 1 -> new Ask.Caller(tenant.id(), tenant.project(), null, "someone");
                case 2 -> new Ask.Caller(tenant.id(), tenant.otherProject(), null, "someone");
                default -> new Ask.Caller(tenant.id(), tenant.otherProject(), null, "someone else");
            };
            return tenant.ask(SpendBench.callOf(now), 0, caller, MODELS.get(random.nextInt(MODELS.size())), random.nextInt(4) > 0, in, out);
        }

        private void settle(List<NaiveModel.Call> calls) {
            List<Settlement> ends = new ArrayList<>();
            for (NaiveModel.Call call : calls) {
                Ask.Bound bound = call.ask.bound();
                boolean failed = random.nextInt(10) == 0;
                long in = random.nextLong(bound.inputTokens() + 1);
                long out = random.nextLong(bound.outputTokens() + 20);
                Payer payer = failed ? Payer.PLATFORM : Payer.CALLER;
                ends.add(new Settlement(
                        call.ask.attempt(), failed ? 502 : 200, new Counts.Read(in, 0, 0, out), payer, failed ? Cause.UPSTREAM_FAILED : Cause.COMPLETED,
                        Duration.ZERO, null));
                call.in = failed ? 0 : in;
                call.out = failed ? 0 : Math.min(out, bound.outputTokens());
                call.open = false;
            }
            if (!ends.isEmpty()) {
                bench.apply(tenant.id(), ends);
                bench.journal.done(ends.stream().map(end -> new Ended(end, null)).toList());
            }
        }

        private void limit() {
            Level level = Level.values()[random.nextInt(4)];
            Meter meter = List.of(Meter.REQUESTS, Meter.TOKENS_INPUT, Meter.TOKENS_OUTPUT, Meter.TOKENS, Meter.MONEY, Meter.CONCURRENCY).get(random.nextInt(6));
            Window window = meter == Meter.CONCURRENCY ? Window.NOW
                    : List.of(Window.MINUTE, Window.HOUR, Window.DAY, Window.MONTH, Window.LIFE).get(random.nextInt(5));
            long most = switch (meter) {
                case REQUESTS -> 300;
                case CONCURRENCY -> 40;
                case MONEY -> 20_000_000_000L;
                default -> 60_000;
            };
            Long amount = random.nextInt(5) == 0 ? null : (Long) random.nextLong(most);
            String only = random.nextInt(2) == 0 ? null : MODELS.get(random.nextInt(MODELS.size()));
            boolean hard = random.nextInt(4) > 0;
            LimitId limit = tenant.limit(level, meter, only, window, amount == null ? null : BigInteger.valueOf(amount), hard);
            if (random.nextInt(3) == 0) {
                tenant.remove(limit);
                model.limits.remove(limit);
            } else {
                model.limits.put(limit, new NaiveModel.Limit(level, meter, only, window, amount, hard));
            }
        }

        private void agree(String where) {
            model.limits.keySet().forEach(limit -> {
                String use = tenant.use(limit, now);
                if (!use.equals("not counted")) {
                    assertThat(use).as(where + " " + model.limits.get(limit)).isEqualTo(model.use(limit, now));
                }
            });
            bench.isSound(tenant);
        }
    }
}
