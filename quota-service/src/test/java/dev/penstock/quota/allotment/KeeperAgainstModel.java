package dev.penstock.quota.allotment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Does the same to the tables and to the model of them, and compares every answer and every counter. Allotments' numbers differ, and are matched as they appear. */
final class KeeperAgainstModel {

    private record Owner(String name, AllotmentKeeper keeper, long epoch, int journal) {}

    private final RunningService service;
    private final TestTenant tenant;
    private final VirtualTime time;
    private final ModelDatabase model;
    private final List<Owner> owners = new ArrayList<>();
    private final List<SimLimit> limits = new ArrayList<>();
    private final Map<Long, Long> realNumbers = new HashMap<>();
    private int calls;
    private int granted;
    private int refused;

    KeeperAgainstModel(RunningService service, TestTenant tenant, long seed) {
        this.service = service;
        this.tenant = tenant;
        this.time = new VirtualTime(seed);
        this.model = new ModelDatabase(time, Flaw.NONE);
        for (Meter meter : List.of(Meter.TOKENS, Meter.REQUESTS, Meter.TOKENS_OUTPUT)) {
            limit(meter);
        }
        for (int number = 0; number < 3; number++) {
            begin(tenant.name() + "-" + number, number);
        }
    }

    void compare(int operations) {
        for (int operation = 0; operation < operations; operation++) {
            step();
            model.check();
            assertThat(real()).as("after operation %d", operation).isEqualTo(modelled());
        }
        assertThat(List.of(granted, refused)).allSatisfy(times -> assertThat(times).isGreaterThan(operations / 20));
    }

    private void step() {
        Owner owner = owners.get(time.random.nextInt(owners.size()));
        switch (time.random.nextInt(10)) {
            case 0, 1, 2, 3 -> draw(owner);
            case 4, 5 -> giveBack(owner);
            case 6, 7 -> settle(owner);
            case 8 -> change();
            default -> again(owner);
        }
    }

    private void draw(Owner owner) {
        List<Draw.Line> lines = limits.stream().filter(limit -> time.chance(60))
                .map(limit -> new Draw.Line(pot(limit), big(time.between(0, 15)), big(time.between(0, 60)), 0)).toList();
        Draw draw = new Draw(lines);
        Drawing expected = model.draw(owner.name(), owner.epoch(), owner.journal(), draw);
        Drawing real = owner.keeper().draw(tenant.id(), draw, owners.size());
        if (expected instanceof Drawing.Granted yes && real instanceof Drawing.Granted really) {
            granted++;
            Map<PotId, Holding> rows = new HashMap<>();
            really.holdings().forEach(row -> rows.put(row.pot(), row));
            assertThat(rows.keySet()).hasSameSizeAs(yes.holdings());
            for (Holding holding : yes.holdings()) {
                Holding row = rows.get(holding.pot());
                assertThat(realNumbers.computeIfAbsent(holding.allotment(), number -> row.allotment())).isEqualTo(row.allotment());
                assertThat(List.of(row.drawn(), row.returned())).containsExactly(holding.drawn(), holding.returned());
            }
        } else {
            refused++;
            assertThat(real).isEqualTo(expected);
        }
    }

    private void giveBack(Owner owner) {
        List<ModelDatabase.Row> rows = rows(owner);
        List<Giving> modelled = new ArrayList<>();
        List<Giving> real = new ArrayList<>();
        for (ModelDatabase.Row row : rows) {
            BigInteger total = big(Math.max(0, row.returned + time.between(-3, row.held())));
            modelled.add(new Giving(row.pot, row.number, total, row.recalled));
            real.add(new Giving(row.pot, realNumbers.get(row.number), total, row.recalled));
        }
        assertThat(owner.keeper().giveBack(tenant.id(), real)).isEqualTo(model.giveBack(owner.name(), owner.epoch(), modelled));
    }

    /** One call that took of some allotments, each once, and used a part. */
    private void settle(Owner owner) {
        SimCall call = new SimCall(calls++, 0, 0, time.instant(), 5, 0);
        long tokens = time.between(0, 5);
        List<ModelDatabase.Row> rows = rows(owner).stream().filter(row -> row.held() >= 5).toList();
        List<Share> shares = rows.stream().map(row -> new Share(row.pot, row.number, big(5))).toList();
        model.settle(List.of(new ModelDatabase.End(call, shares, tokens)));
        Map<PotId, BigInteger> counted = new HashMap<>();
        limits.forEach(limit -> counted.put(pot(limit), big(limit.counted(tokens))));
        KeptReplica.settle(service, tenant.id(), counted, shares.stream().map(share -> new Used(
                new Share(share.pot(), realNumbers.get(share.allotment()), share.taken()), big(limitOf(share).counted(tokens)))).toList());
    }

    private void change() {
        int which = time.random.nextInt(limits.size());
        SimLimit changed = limits.get(which).of(time.between(0, 400));
        limits.set(which, changed);
        model.set(changed);
        service.execute("update quota.limit_rule set amount = %d where tenant_id = '%s' and id = '%s'".formatted(changed.amount(), tenant.id(), changed.id()));
    }

    private void again(Owner owner) {
        owners.remove(owner);
        Owner next = begin(owner.name(), owner.journal());
        model.recover(next.name(), next.epoch(), next.journal());
        next.keeper().recover(tenant.id());
    }

    private Owner begin(String name, int journal) {
        Life life = KeptReplica.life(service, name, new UUID(4, journal));
        Owner owner = new Owner(name, KeptReplica.keeper(service, life), life.epoch(), journal);
        assertThat(model.start(name)).isEqualTo(life.epoch());
        assertThat(owner.keeper().meet().latest()).isTrue();
        owners.add(owner);
        return owner;
    }

    private void limit(Meter meter) {
        SimLimit limit = new SimLimit(new LimitId(UUID.nameUUIDFromBytes((tenant.name() + meter).getBytes(UTF_8))), 0, 0, meter, Window.LIFE, 200);
        service.execute("""
                insert into quota.limit_rule (tenant_id, id, node_id, meter, "window", amount)
                values ('%1$s', '%2$s', '%1$s', '%3$s', 'LIFE', 200)""".formatted(tenant.id(), limit.id(), meter));
        service.execute("insert into quota.limit_period (tenant_id, limit_id, period_start, period_end) values ('%s', '%s', '-infinity', 'infinity')".formatted(tenant.id(), limit.id()));
        limits.add(limit);
        model.set(limit);
    }

    private List<ModelDatabase.Row> rows(Owner owner) {
        return model.rows.values().stream().filter(row -> row.replica.equals(owner.name()) && row.epoch == owner.epoch()).toList();
    }

    private SimLimit limitOf(Share share) {
        return limits.stream().filter(limit -> limit.id().equals(share.pot().limit())).findFirst().orElseThrow();
    }

    private PotId pot(SimLimit limit) {
        return new PotId(limit.id(), limit.period(time.instant()));
    }

    private List<String> real() {
        return service.column("""
                select limit_id || ' ' || settled || ' ' || leased from quota.limit_period where tenant_id = '%1$s'
                union all
                select limit_id || ' ' || replica || ' ' || concat_ws(' ', epoch, drawn, spent, returned, recalled, answered) from quota.replica_allotment
                 where tenant_id = '%1$s'""".formatted(tenant.id())).stream().sorted().toList();
    }

    private List<String> modelled() {
        List<String> lines = new ArrayList<>();
        model.counts.forEach((pot, count) -> lines.add(pot.limit() + " " + count.settled + " " + count.leased));
        model.rows.values().forEach(row -> lines.add(row.pot.limit() + " " + row.replica + " " + row.epoch + " " + row.drawn + " " + row.spent + " " + row.returned + " "
                + row.recalled + " " + row.answered));
        return lines.stream().sorted().toList();
    }

    private static BigInteger big(long amount) {
        return BigInteger.valueOf(amount);
    }
}
