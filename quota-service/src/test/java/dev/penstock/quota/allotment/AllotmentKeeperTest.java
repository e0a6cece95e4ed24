package dev.penstock.quota.allotment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.contract.LimitId;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import dev.penstock.quota.calendar.Period;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** On a real database. */
@Timeout(120)
class AllotmentKeeperTest {

    private static final RunningService SERVICE = RunningService.get();

    private final TestTenant tenant = TestTenant.register();
    private final String name = tenant.name();

    @Test
    void aDrawGrantsOfAllOrOfNone() {
        PotId tokens = limit("TOKENS", 100);
        PotId money = limit("MONEY", 5);
        AllotmentKeeper keeper = keeper("a");
        assertThat(keeper.draw(tenant.id(), draw(line(tokens, 10, 0), line(money, 6, 0)), 1)).isEqualTo(new Drawing.Refused(List.of(
                new Drawing.Refusal(money, big(5), big(0), big(0), big(6), 0, false))));
        assertThat(List.of(use(tokens), use(money))).containsExactly("0/0", "0/0");
        Drawing.Granted granted = (Drawing.Granted) keeper.draw(tenant.id(), draw(line(tokens, 10, 80), line(money, 5, 80)), 1);
        assertThat(granted.holdings().stream().map(Holding::drawn)).containsExactlyInAnyOrder(big(50), big(5));
        assertThat(List.of(use(tokens), use(money))).containsExactly("0/50", "0/5");
    }

    @Test
    void whatIsNotNeededIsNotRefused() {
        PotId tokens = limit("TOKENS", 0);
        assertThat(keeper("a").draw(tenant.id(), draw(line(tokens, 0, 100)), 1)).isEqualTo(new Drawing.Granted(List.of()));
    }

    @Test
    void periodsThatNobodyCountedAndLimitsThatAreGoneAreTold() {
        PotId tokens = limit("TOKENS", 100);
        SERVICE.execute("delete from quota.limit_period where limit_id = '%s'".formatted(tokens.limit()));
        AllotmentKeeper keeper = keeper("a");
        assertThat(keeper.draw(tenant.id(), draw(line(tokens, 1, 0)), 1)).isEqualTo(new Drawing.NotCounted(List.of(tokens)));
        SERVICE.execute("delete from quota.limit_rule where id = '%s'".formatted(tokens.limit()));
        assertThat(keeper.draw(tenant.id(), draw(line(tokens, 1, 0)), 1)).isEqualTo(new Drawing.Gone(List.of(tokens.limit())));
    }

    @Test
    void aReturnThatIsRepeatedOrComesLateMovesNothing() {
        PotId tokens = limit("TOKENS", 100);
        AllotmentKeeper keeper = keeper("a");
        long number = drawn(keeper, tokens, 60);
        Giving first = new Giving(tokens, number, big(20), 0);
        Giving second = new Giving(tokens, number, big(35), 0);
        for (Giving giving : List.of(first, first, second, first, second)) {
            keeper.giveBack(tenant.id(), List.of(giving));
        }
        assertThat(use(tokens)).isEqualTo("0/25");
    }

    @Test
    void settlingMovesWhatWasTakenAndCountsWhereNothingWasTaken() {
        PotId tokens = limit("TOKENS", 100);
        PotId younger = limit("MONEY", 100);
        AllotmentKeeper keeper = keeper("a");
        long number = drawn(keeper, tokens, 60);
        Share share = new Share(tokens, number, big(40));
        KeptReplica.settle(SERVICE, tenant.id(), Map.of(tokens, big(30), younger, big(7)), List.of(new Used(share, big(30))));
        assertThat(List.of(use(tokens), use(younger))).containsExactly("30/30", "7/0");
        Share gone = new Share(tokens, number + 1_000_000, big(5));
        KeptReplica.settle(SERVICE, tenant.id(), Map.of(tokens, big(5)), List.of(new Used(gone, big(5))));
        assertThat(use(tokens)).as("taken of an allotment that is gone").isEqualTo("35/30");
    }

    /** By whoever finds its folder, and has settled what is in it. */
    @Test
    void whatAReplicaHeldThatWillNotComeBackIsReturnedOnceItHasBeenGoneForLong() {
        PotId tokens = limit("TOKENS", 100);
        UUID journal = UUID.randomUUID();
        AllotmentKeeper gone = KeptReplica.keeper(SERVICE, KeptReplica.life(SERVICE, name, journal));
        drawn(gone, tokens, 60);
        LeftAllotments left = SERVICE.bean(LeftAllotments.class);
        assertThat(left.giveBack(UUID.randomUUID())).isEqualTo(new LeftAllotments.Result(0, List.of()));
        assertThat(left.giveBack(journal)).as("it may still be there").isEqualTo(new LeftAllotments.Result(0, List.of(name)));
        assertThat(use(tokens)).isEqualTo("0/60");
        SERVICE.execute("update quota.replica set started_at = now() - interval '1 hour', seen_at = now() - interval '1 hour', contact_at = null where name = '%s'".formatted(name));
        assertThat(left.giveBack(journal)).isEqualTo(new LeftAllotments.Result(1, List.of()));
        assertThat(left.giveBack(journal)).as("once more").isEqualTo(new LeftAllotments.Result(0, List.of()));
        assertThat(use(tokens)).isEqualTo("0/0");
        assertThat(gone.draw(tenant.id(), draw(line(tokens, 1, 0)), 1)).as("should it be there in truth, it draws nothing").isEqualTo(new Drawing.Superseded());
    }

    /** What it holds stays held, but for slots, which nobody else could use for good. */
    @Test
    void whoIsDeclaredGoneDrawsAndReturnsNothingShouldItBeThereInTruth() {
        PotId tokens = limit("TOKENS", 100);
        PotId slots = limit("CONCURRENCY", 10);
        UUID journal = UUID.randomUUID();
        AllotmentKeeper gone = KeptReplica.keeper(SERVICE, KeptReplica.life(SERVICE, name, journal));
        long number = drawn(gone, tokens, 60);
        drawn(gone, slots, 4);
        SERVICE.execute("update quota.replica set started_at = now() - interval '1 hour', seen_at = now() - interval '1 hour', contact_at = null where name = '%s'".formatted(name));
        SERVICE.send(SERVICE.admin(), "PUT", "/api/replicas/" + name + "/journals/" + journal + "/write-off", "{\"reason\": \"its disk is broken\"}").is(200);

        assertThat(gone.draw(tenant.id(), draw(line(tokens, 1, 0)), 1)).isEqualTo(new Drawing.Superseded());
        assertThat(gone.giveBack(tenant.id(), List.of(new Giving(tokens, number, big(60), 0)))).isFalse();
        assertThat(gone.meet().latest()).isFalse();
        assertThat(keeper("another").takeBackSlots(tenant.id(), Duration.ofMinutes(8))).isEqualTo(1);
        assertThat(List.of(use(tokens), use(slots))).containsExactly("0/60", "0/0");
        AllotmentKeeper otherDisk = KeptReplica.keeper(SERVICE, KeptReplica.life(SERVICE, name, UUID.randomUUID()));
        drawn(otherDisk, tokens, 40);
        assertThat(use(tokens)).as("a new epoch, and what was written off is counted still").isEqualTo("0/100");
    }

    @Test
    void whoGoesOnByTheSameNameWithAnotherDiskIsLeftAlone() {
        PotId tokens = limit("TOKENS", 100);
        UUID journal = UUID.randomUUID();
        drawn(KeptReplica.keeper(SERVICE, KeptReplica.life(SERVICE, name, journal)), tokens, 60);
        AllotmentKeeper otherDisk = KeptReplica.keeper(SERVICE, KeptReplica.life(SERVICE, name, UUID.randomUUID()));
        drawn(otherDisk, tokens, 10);
        assertThat(SERVICE.bean(LeftAllotments.class).giveBack(journal)).isEqualTo(new LeftAllotments.Result(1, List.of()));
        assertThat(use(tokens)).isEqualTo("0/10");
        drawn(otherDisk, tokens, 20);
    }

    @Test
    void aFormerLifeIsReturnedByItsOwnJournalAlone() {
        PotId tokens = limit("TOKENS", 100);
        UUID journal = UUID.randomUUID();
        drawn(KeptReplica.keeper(SERVICE, KeptReplica.life(SERVICE, name, journal)), tokens, 60);
        AllotmentKeeper otherDisk = KeptReplica.keeper(SERVICE, KeptReplica.life(SERVICE, name, UUID.randomUUID()));
        otherDisk.recover(tenant.id());
        assertThat(otherDisk.toRecover()).doesNotContain(tenant.id());
        assertThat(use(tokens)).isEqualTo("0/60");
        AllotmentKeeper sameDisk = KeptReplica.keeper(SERVICE, KeptReplica.life(SERVICE, name, journal));
        assertThat(sameDisk.toRecover()).contains(tenant.id());
        sameDisk.recover(tenant.id());
        sameDisk.recover(tenant.id());
        assertThat(use(tokens)).isEqualTo("0/0");
    }

    @Test
    void whoIsSupersededDrawsReturnsAndRecoversNothing() {
        PotId tokens = limit("TOKENS", 100);
        AllotmentKeeper old = keeper("a");
        long number = drawn(old, tokens, 60);
        assertThat(old.meet().latest()).isTrue();
        AllotmentKeeper young = keeper("a");
        assertThat(old.draw(tenant.id(), draw(line(tokens, 1, 0)), 1)).isEqualTo(new Drawing.Superseded());
        assertThat(old.giveBack(tenant.id(), List.of(new Giving(tokens, number, big(60), 0)))).isFalse();
        old.recover(tenant.id());
        assertThat(old.meet().latest()).isFalse();
        assertThat(use(tokens)).isEqualTo("0/60");
        young.recover(tenant.id());
        assertThat(use(tokens)).isEqualTo("0/0");
    }

    @Test
    void whoIsShortRecallsWhatOthersHoldAndIsToldWhenAllHaveAnswered() {
        PotId tokens = limit("TOKENS", 100);
        AllotmentKeeper holder = keeper("holder");
        AllotmentKeeper caller = keeper("caller");
        holder.meet();
        caller.meet();
        long number = drawn(holder, tokens, 90);
        Drawing.Refusal first = refusal(caller.draw(tenant.id(), draw(line(tokens, 20, 0)), 2));
        assertThat(first.awaited()).isTrue();
        assertThat(holder.meet().recalls()).containsExactly(new Recall(tenant.id(), tokens.limit(), number, first.recall()));
        Draw again = draw(new Draw.Line(tokens, big(20), big(0), first.recall()));
        assertThat(refusal(caller.draw(tenant.id(), again, 2))).isEqualTo(first);
        holder.giveBack(tenant.id(), List.of(new Giving(tokens, number, big(4), first.recall())));
        Drawing.Refusal last = refusal(caller.draw(tenant.id(), again, 2));
        assertThat(last.awaited()).as("the holder has said that the rest is in use").isFalse();
        assertThat(last.leased()).isEqualTo(86);
        assertThat(holder.meet().recalls()).isEmpty();
    }

    @Test
    void silentReplicasAreNotWaitedForAndTheirSlotsAreTakenBack() {
        PotId slots = limit("CONCURRENCY", 3);
        PotId tokens = limit("TOKENS", 3);
        AllotmentKeeper silent = keeper("silent");
        AllotmentKeeper caller = keeper("caller");
        drawn(silent, slots, 3);
        drawn(silent, tokens, 3);
        assertThat(refusal(caller.draw(tenant.id(), draw(line(slots, 1, 0)), 2)).awaited()).as("it has never been there").isFalse();
        assertThat(caller.takeBackSlots(tenant.id(), Duration.ofMinutes(1))).isZero();
        SERVICE.execute("update quota.replica set started_at = now() - interval '2 minutes', contact_at = null where name = '%s-silent'".formatted(name));
        assertThat(caller.takeBackSlots(tenant.id(), Duration.ofMinutes(1))).isEqualTo(1);
        assertThat(List.of(use(slots), use(tokens))).as("amounts are nobody's to take back").containsExactly("0/0", "0/3");
    }

    @Test
    void theDatabaseItselfHoldsTheLaw() {
        PotId tokens = limit("TOKENS", 100);
        long number = drawn(keeper("a"), tokens, 60);
        for (String change : List.of("spent = 61", "returned = 40, spent = 21", "drawn = 59", "answered = 1")) {
            assertThat(catchThrowable(
                    () -> SERVICE.execute("update quota.replica_allotment set %s where id = %d".formatted(change, number)))).as(change).isNotNull();
        }
    }

    /** The same operations on the tables and on the model that the simulation runs on, and after each the same counters. */
    @Test
    void theStatementsMeanWhatTheModelMeans() {
        new KeeperAgainstModel(SERVICE, tenant, 17).compare(400);
    }

    @Test
    void eightReplicasAndManyCallersUseABudgetOfAThousandExactly(TestReporter reporter) throws Exception {
        int reservations = 1_000;
        PotId tokens = limit("TOKENS", reservations * 100L);
        PotId requests = limit("REQUESTS", reservations * 3L);
        List<KeptReplica> replicas = IntStream.range(0, 8).mapToObj(number -> new KeptReplica(
                SERVICE, tenant.id(), name + "-" + number, () -> ThreadLocalRandom.current().nextInt(10) == 0)).toList();
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Drawing.Refusal> first = new AtomicReference<>();
        AtomicInteger admitted = new AtomicInteger();
        AtomicInteger unanswered = new AtomicInteger();
        ConcurrentLinkedQueue<String> odd = new ConcurrentLinkedQueue<>();
        replicas.forEach(KeptReplica::meet);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> workers = new ArrayList<>();
            for (int caller = 0; caller < 64; caller++) {
                KeptReplica replica = replicas.get(caller % replicas.size());
                workers.add(() -> {
                    while (true) {
                        switch (replica.acquire(List.of(claim(tokens, 100), claim(requests, 1)))) {
                            case Acquiring.Taken taken -> {
                                admitted.incrementAndGet();
                            }
                            case Acquiring.Refused refused -> {
                                first.compareAndSet(null, refused.refusals().getFirst());
                                return true;
                            }
                            case Acquiring.Unavailable later when later.reason() == Acquiring.Reason.DATABASE -> unanswered.incrementAndGet();
                            default -> odd.add("unexpected");
                        }
                    }
                });
            }
            List<Callable<Boolean>> owners = replicas.stream().<Callable<Boolean>>map(replica -> () -> {
                while (!done.get()) {
                    replica.meet();
                    LockSupport.parkNanos(20_000_000);
                }
                return true;
            }).toList();
            Future<Boolean> cuts = threads.submit(() -> cutConnections(done));
            List<Future<Boolean>> meeting = owners.stream().map(threads::submit).toList();
            try {
                for (Future<Boolean> worker : threads.invokeAll(workers)) {
                    worker.get();
                }
            } finally {
                done.set(true);
            }
            cuts.get();
            for (Future<Boolean> owner : meeting) {
                owner.get();
            }
        }
        assertThat(odd).isEmpty();
        assertThat(admitted.get()).isEqualTo(reservations);
        Drawing.Refusal refusal = first.get();
        reporter.publishEntry("at the first refusal", refusal.settled().add(refusal.leased()) + " of " + refusal.amount() + "; " + unanswered + " without an answer");
        assertThat(refusal.settled().add(refusal.leased()).multiply(big(1_000))).isGreaterThanOrEqualTo(refusal.amount().multiply(big(999)));
        assertThat(use(tokens).split("/")).satisfies(use -> assertThat(Long.parseLong(use[0]) + Long.parseLong(use[1])).isEqualTo(reservations * 100L));
        assertThat(SERVICE.column("""
                select p.leased - sum(a.drawn - a.spent - a.returned) from quota.limit_period p join quota.replica_allotment a using (tenant_id, limit_id, period_start)
                 where tenant_id = '%s' group by limit_id, p.leased""".formatted(tenant.id()))).containsOnly("0");
    }

    /** A connection that is cut may have committed or not. */
    private static boolean cutConnections(AtomicBoolean done) {
        while (!done.get()) {
            SERVICE.column("select pg_terminate_backend(pid)::text from pg_stat_activity where usename = 'quota_settle' and datname = current_database() limit 2");
            LockSupport.parkNanos(100_000_000);
        }
        return true;
    }

    private PotId limit(String meter, long amount) {
        LimitId id = new LimitId(UUID.nameUUIDFromBytes((name + meter).getBytes(UTF_8)));
        SERVICE.execute("""
                insert into quota.limit_rule (tenant_id, id, node_id, meter, "window", amount)
                values ('%1$s', '%2$s', '%1$s', '%3$s', '%4$s', %5$d)""".formatted(tenant.id(), id, meter, meter.equals("CONCURRENCY") ? "NOW" : "LIFE", amount));
        SERVICE.execute("insert into quota.limit_period (tenant_id, limit_id, period_start, period_end) values ('%s', '%s', '-infinity', 'infinity')".formatted(tenant.id(), id));
        return new PotId(id, Period.ALWAYS);
    }

    private AllotmentKeeper keeper(String replica) {
        return KeptReplica.keeper(SERVICE, KeptReplica.life(SERVICE, name + "-" + replica, new UUID(3, replica.hashCode())));
    }

    private long drawn(AllotmentKeeper keeper, PotId pot, long amount) {
        return ((Drawing.Granted) keeper.draw(tenant.id(), draw(line(pot, amount, 0)), 1)).holdings().getFirst().allotment();
    }

    private static Drawing.Refusal refusal(Drawing drawing) {
        return ((Drawing.Refused) drawing).refusals().getFirst();
    }

    private String use(PotId pot) {
        return SERVICE.column("select settled || '/' || leased from quota.limit_period where limit_id = '%s'".formatted(pot.limit())).getFirst();
    }

    private static Draw draw(Draw.Line... lines) {
        return new Draw(List.of(lines));
    }

    private static Draw.Line line(PotId pot, long needed, long wanted) {
        return new Draw.Line(pot, big(needed), big(wanted), 0);
    }

    private static Claim claim(PotId pot, long asked) {
        return new Claim(pot, big(asked));
    }

    private static BigInteger big(long amount) {
        return BigInteger.valueOf(amount);
    }
}
